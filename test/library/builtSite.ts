import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { out, root } from '../../scripts/paths.ts';

/** The folder of the site. */
export const site = path.join(out, 'docs');

/** Builds the site as `npm run docs` does. Returns the exit code, and what typedoc printed. */
export function buildSite(): { status: number | null; output: string } {
  const typedoc = path.join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc], options);
  return { status, output: stdout + stderr };
}

/** Returns the paths of all HTML files below the site, with `/`. */
export function htmlFiles(): string[] {
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.replaceAll(path.sep, '/'));
}

/** Returns the targets of the links of an HTML file, and of what it loads. */
export function linksOf(file: string): string[] {
  const links = readSite(file).matchAll(/ (?:href|src)="([^"]+)"/g);
  return [...links].map(([, link = '']) => link.replaceAll('&amp;', '&'));
}

/** Returns the links that scripts show: the navigation, and the results of the search. */
export function scriptedLinks(): string[] {
  const read = (file: string): unknown => {
    const [, data = ''] = /"([^"]+)"/.exec(readSite(`assets/${file}`)) ?? [];
    return JSON.parse(inflateSync(Buffer.from(data, 'base64')).toString());
  };
  const links: string[] = [];
  JSON.stringify([read('navigation.js'), read('search.js')], (key, value: unknown) => {
    if ((key === 'path' || key === 'url') && typeof value === 'string') links.push(value);
    return value;
  });
  return links;
}

/** Whether a link from a file leads to a file of the site, and to an element of it if it names one. */
export function isAlive(link: string, from: string): boolean {
  const { pathname, hash } = new URL(link, `file:///${from}`);
  const target = decodeURIComponent(pathname).slice(1) || 'index.html';
  const text = readSite(target);
  return !!text && (!hash || text.includes(` id="${decodeURIComponent(hash.slice(1))}"`));
}

const texts = new Map<string, string>();

/** Returns the text of a file of the site; an empty one if there is no such file. */
function readSite(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  let text = '';
  try {
    text = readFileSync(path.join(site, file), 'latin1');
  } catch {
    // The link to it is dead.
  }
  texts.set(file, text);
  return text;
}
