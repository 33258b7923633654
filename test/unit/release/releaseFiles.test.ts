import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { readReleaseFiles, writeChecksums } from '../../../scripts/release/releaseFiles.ts';

/** About scripts/release/releaseFiles.ts; test/processes/release/ has the tarballs. */
describe('the files of a release', () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'release-'));
    await writeFile(file('extension.vsix'), vsix(''));
    await writeFile(file('extension.vsix.cdx.json'), '{}');
    await writeChecksums(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('say what they are', async () => {
    const { extension, publisher, version, isPreRelease, all } = await readReleaseFiles(folder);
    assert.deepEqual([extension, publisher, version], ['example.extension', 'example', '1.2.3']);
    assert.equal(isPreRelease, false);
    assert.deepEqual(all, ['SHA256SUMS', 'extension.vsix', 'extension.vsix.cdx.json']);
  });

  it('are a pre-release if the extension was packaged as one', async () => {
    const property = '<Property Id="Microsoft.VisualStudio.Code.PreRelease" Value="true" />';
    await writeFile(file('extension.vsix'), vsix(property));
    await writeChecksums(folder);
    assert.equal((await readReleaseFiles(folder)).isPreRelease, true);
  });

  it('have checksums that sha256sum reads', async () => {
    const lines = (await readFile(file('SHA256SUMS'), 'utf8')).split('\n');
    assert.match(lines[0] ?? '', /^[\da-f]{64} {2}extension\.vsix$/);
    // Of “{}”.
    const sum = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    assert.equal(lines[1], `${sum}  extension.vsix.cdx.json`);
  });

  const faults: [string, () => Promise<unknown>, RegExp][] = [
    [
      'changed',
      () => writeFile(file('extension.vsix.cdx.json'), '[]'),
      /cdx\.json is not the file/,
    ],
    ['missing', () => rm(file('extension.vsix.cdx.json')), /are not those of SHA256SUMS/],
    ['added', () => writeFile(file('other.tgz'), ''), /are not those of SHA256SUMS/],
    [
      'without checksums',
      () => rm(file('SHA256SUMS')),
      /has no SHA256SUMS\. Run: npm run release:build/,
    ],
  ];
  for (const [name, change, expected] of faults) {
    it(`are refused if one is ${name}`, async () => {
      await change();
      await assert.rejects(readReleaseFiles(folder), expected);
    });
  }
});

/** Returns a small packaged extension. */
function vsix(properties: string): Uint8Array {
  const manifest = { name: 'extension', publisher: 'example', version: '1.2.3' };
  return zipSync({
    'extension.vsixmanifest': strToU8(`<PackageManifest>${properties}</PackageManifest>`),
    'extension/package.json': strToU8(JSON.stringify(manifest)),
  });
}
