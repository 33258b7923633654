import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';

/** A row of the table in docs/editors.md. */
interface EditorRow {
  readonly name: string;
  /** The values of `env.uriScheme`. */
  readonly schemes: readonly string[];
  /** The lowest known version of its API, as `1.105.0`; undefined if none is known. */
  readonly api: string | undefined;
}

/** Returns the rows of the table in docs/editors.md. */
export function editorRows(): EditorRow[] {
  const text = readFileSync(path.join(root, 'docs', 'editors.md'), 'utf8');
  const [, , ...rows] = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((line) => {
    const [name = '', schemes = '', api = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const [, minor, patch = '.0'] = /(\d+\.\d+)(\.\d+)?/.exec(api) ?? [];
    return {
      name,
      schemes: [...schemes.matchAll(/`([^`]+)`/g)].map(([, scheme]) => scheme ?? ''),
      api: minor && minor + patch,
    };
  });
}
