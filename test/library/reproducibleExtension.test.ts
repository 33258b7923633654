import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageExtension } from '../../scripts/packageExtension.ts';
import { root } from '../../scripts/paths.ts';
import { readVsix } from '../../scripts/release/releaseFiles.ts';

/** What the package is built from. */
const SOURCES = [
  ...['src', 'scripts', 'media', 'l10n', 'esbuild.js', 'tsconfig.json', '.vscodeignore'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', ...globSync('package{,.nls*}.json', { cwd: root })],
];
/** The time of a commit, in seconds since 1970. */
const TIME = 1_796_000_000;

/** About scripts/packageExtension.ts. Builds in a copy, because other tests use the bundles in `dist`. */
describe('the package of the extension', function () {
  this.timeout(120_000);
  const zone = process.env['TZ'];
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'reproducible-'));
    for (const name of SOURCES) {
      await cp(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    const modules = path.join(folder, 'node_modules');
    await symlink(path.join(root, 'node_modules'), modules, 'junction');
  });
  after(async () => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    await rm(folder, { recursive: true });
  });

  const build = async (name: string): Promise<Buffer> => {
    const file = path.join(folder, 'out', name);
    await packageExtension({ file, time: TIME, cwd: folder, preRelease: true });
    return readFile(file);
  };

  it('is the same, byte for byte, if it is built later and in another time zone', async () => {
    const first = await build('first.vsix');
    for (const name of await readdir(path.join(folder, 'media'), { recursive: true })) {
      await utimes(path.join(folder, 'media', name), TIME + 1e6, TIME + 1e6);
    }
    process.env['TZ'] = 'Asia/Tokyo';
    const second = await build('second.vsix');
    assert.ok(first.equals(second));
    assert.equal(readVsix(first).isPreRelease, true);
  });
});
