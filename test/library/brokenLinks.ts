import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Returns the links of a page to files or headings that do not exist. */
export async function brokenLinks(page: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)];
  const broken: string[] = [];
  for (const [link, file = '', anchor] of links) {
    const target = file ? path.resolve(path.dirname(page), file) : page;
    const linked = await readFile(target, 'utf8').catch(() => undefined);
    const headings = linked?.match(/(?<=^#+ ).+$/gm) ?? [];
    const anchors = headings.map((heading) => anchorOf(heading));
    if (linked === undefined || (anchor && !anchors.includes(anchor))) broken.push(link);
  }
  return broken;
}

/** Returns the anchor of a heading, as GitHub and npm form it. */
const anchorOf = (heading: string) =>
  `#${heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-')}`;
