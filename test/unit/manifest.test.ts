import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';
import { EXTENSION_ID } from '../../src/common/redirectUri.ts';
import { isBroken } from '../library/brokenLinks.ts';
import { editorRows } from './editorsTable.ts';

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly license: string;
  readonly engines: { readonly vscode: string };
  readonly icon: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
  readonly homepage: string;
  readonly qna: string;
  readonly keywords: readonly string[];
  readonly categories: readonly string[];
  readonly galleryBanner: { readonly color: string; readonly theme: string };
  readonly extensionDependencies?: readonly string[];
  readonly extensionPack?: readonly string[];
  readonly capabilities: unknown;
  readonly extensionKind: unknown;
  readonly contributes: {
    readonly configuration: { readonly properties: Record<string, { scope?: string }> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly completionEvents?: readonly string[] }[];
    }[];
  };
}

/** About package.json. */
describe('the manifest', () => {
  let manifest: Manifest;

  before(async () => {
    manifest = await readManifest(root);
  });

  it('lets no workspace change a setting', () => {
    const settings = Object.entries(manifest.contributes.configuration.properties);
    assert.notEqual(settings.length, 0);
    for (const [name, { scope }] of settings) {
      assert.ok(
        ['application', 'machine'].includes(scope ?? ''),
        `${name} has scope ${String(scope)}`,
      );
    }
  });

  it('lets the extension run in Restricted Mode, in virtual workspaces, and on either computer', () => {
    assert.deepEqual(manifest.capabilities, {
      virtualWorkspaces: true,
      untrustedWorkspaces: { supported: true },
    });
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
  });

  it('links to headings that exist, and ticks a step at a link that the step has', async () => {
    const page = path.join(root, 'package.nls.json');
    const strings = JSON.parse(await readFile(page, 'utf8')) as Record<string, string>;
    const links = Object.values(strings).flatMap((text) =>
      [...text.matchAll(/\]\((https:[^)]+)\)/g)].map(([, link = '']) => link),
    );
    assert.ok(links.some((link) => link.includes('#')));
    for (const link of links) assert.equal(await isBroken(link, page), false, link);
    const events = manifest.contributes.walkthroughs
      .flatMap(({ steps }) => steps.flatMap(({ completionEvents = [] }) => completionEvents))
      .filter((event) => event.startsWith('onLink:'));
    assert.ok(events.length > 0);
    for (const event of events) assert.ok(links.includes(event.slice('onLink:'.length)), event);
  });

  it('has what Open VSX requires, and depends on nothing that it may lack', () => {
    const { publisher, name, license, icon, repository, bugs, galleryBanner } = manifest;
    for (const word of [publisher, name]) assert.match(word, /^[\w\-+$~]{1,255}$/);
    assert.match(license, /^[\w.-]+$/);
    assert.match(icon, /\.png$/);
    for (const { url } of [repository, bugs]) assert.match(url, /^https:\/\/[^/]+\/.{1,200}$/);
    assert.match(galleryBanner.color, /^#[\da-f]{6}$/);
    assert.ok(['dark', 'light'].includes(galleryBanner.theme));
    for (const word of [...manifest.keywords, ...manifest.categories]) {
      assert.match(word, /^\P{C}{1,255}$/u);
    }
    assert.equal(manifest.extensionDependencies, undefined);
    assert.equal(manifest.extensionPack, undefined);
  });

  it('has an icon of 256 pixels, which screens of double density show sharply at 128', async () => {
    const png = await readFile(path.join(root, manifest.icon));
    // The width and the height are the first fields of the first chunk (PNG, section 11.2.1).
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [256, 256]);
  });

  it('leads to pages that exist', async () => {
    const page = path.join(root, 'package.json');
    const { homepage, qna } = manifest;
    assert.deepEqual(
      [await isBroken(homepage.replace(/#readme$/, ''), page), await isBroken(qna, page)],
      [false, false],
    );
  });

  it('has the name by which other extensions depend on it', async () => {
    const id = `${manifest.publisher}.${manifest.name}`;
    assert.equal(id, EXTENSION_ID);
    const examples = await readdir(path.join(root, 'examples'), { withFileTypes: true });
    const folders = examples.filter((entry) => entry.isDirectory());
    assert.ok(folders.length > 0);
    for (const { name } of folders) {
      const { extensionDependencies } = await readManifest(path.join(root, 'examples', name));
      assert.deepEqual(extensionDependencies, [id], name);
    }
  });

  it('demands no newer API than any editor of docs/editors.md has', () => {
    const needed = /^\^(\d+\.\d+\.\d+)$/.exec(manifest.engines.vscode)?.[1];
    assert.ok(needed);
    const known = editorRows().filter(({ api }) => api !== undefined);
    assert.ok(known.length > 5);
    for (const { name, api = '' } of known) {
      assert.ok(needed.localeCompare(api, 'en', { numeric: true }) <= 0, `${name} has ${api}`);
    }
  });
});

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}
