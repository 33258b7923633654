import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';

/** A code block of a page. */
export interface CodeBlock {
  /** The path of the page in the repository, with `/`. */
  readonly page: string;
  /** The line of the page on which its code begins. */
  readonly line: number;
  readonly language: string;
  /** The words after the language, such as `run`. */
  readonly words: readonly string[];
  readonly code: string;
}

/** Returns the paths of README and of all pages of docs/, in the repository and with `/`. */
export function allPages(): string[] {
  const files = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = files.filter((file) => file.endsWith('.md')).sort();
  return ['README.md', ...pages.map((file) => `docs/${file.replaceAll(path.sep, '/')}`)];
}

/** Returns the code blocks of a page. A block in a list is moved to the left. */
export function codeBlocks(page: string): CodeBlock[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  const blocks = text.matchAll(/^( *)```(\w+)([^\n]*)\n([\s\S]*?)^\1```$/gm);
  return [...blocks].map((block) => {
    const [, indent = '', language = '', words = '', code = ''] = block;
    return {
      page,
      line: text.slice(0, block.index).split('\n').length + 1,
      language,
      words: words.split(' ').filter((word) => word !== ''),
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    };
  });
}
