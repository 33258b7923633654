import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';

/** The address of the repository’s page, which shows README, or of one of its files; and a heading there. */
const IN_REPOSITORY =
  /^https:\/\/github\.com\/spotify-sdk\/vscode-spotify-authentication(?:\/blob\/main\/([^#]+))?(#.*)?$/;

/** Returns the links of a page to files or headings that do not exist. */
export async function brokenLinks(page: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken: string[] = [];
  for (const link of links) if (await isBroken(link, page)) broken.push(link);
  return broken;
}

/**
 * Whether a link leads to no file or heading of the repository. Links elsewhere are not checked.
 * @param page The file with the link.
 */
export async function isBroken(link: string, page: string): Promise<boolean> {
  const [isInRepository, file, heading] = IN_REPOSITORY.exec(link) ?? [];
  if (isInRepository) return lacks(path.join(root, file ?? 'README.md'), heading);
  if (/^https?:/.test(link)) return false;
  const [, near, anchor] = /^([^#]*)(#.*)?$/.exec(link) ?? [];
  return lacks(near ? path.resolve(path.dirname(page), near) : page, anchor);
}

async function lacks(file: string, anchor: string | undefined): Promise<boolean> {
  const linked = await readFile(file, 'utf8').catch(() => undefined);
  const headings = linked?.match(/(?<=^#+ ).+$/gm) ?? [];
  return linked === undefined || (anchor !== undefined && !headings.map(anchorOf).includes(anchor));
}

/** Returns the anchor of a heading, as GitHub and npm form it. */
const anchorOf = (heading: string) =>
  `#${heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-')}`;
