import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import { root } from '../../../scripts/paths.ts';
import { npm } from '../../../scripts/release/commands.ts';
import { writeChecksums } from '../../../scripts/release/releaseFiles.ts';
import { FakeRegistries } from './fakeRegistries.ts';

const VERSION = '1.2.3';
const VSIX = `extension-${VERSION}.vsix`;
const TOKENS = { VSCE_PAT: 'vsce-token', OVSX_PAT: 'ovsx-token', NPM_TOKEN: 'npm-token' };

/** About scripts/release/publish.ts, with the real vsce, ovsx and npm. */
describe('npm run release:publish', function () {
  this.timeout(180_000);
  let registries: FakeRegistries;
  let home: string;
  let folder: string;

  before(async () => {
    registries = await FakeRegistries.start(VERSION);
    home = await mkdtemp(path.join(tmpdir(), 'publish-'));
    folder = path.join(home, 'release');
    await writeRelease(home, folder);
  });
  after(async () => {
    await registries.close();
    await rm(home, { recursive: true });
  });
  beforeEach(() => registries.reset());

  const publish = async (args: readonly string[], env: NodeJS.ProcessEnv = TOKENS) => {
    const script = path.join(root, 'scripts', 'release', 'publish.ts');
    const variables = { ...process.env, GITHUB_ACTIONS: '', ...registries.env, ...env };
    const options = { env: variables, cwd: root };
    const all = [script, '--folder', folder, ...args];
    const { code, stdout, stderr } = await promisify(execFile)(process.execPath, all, options).then(
      (output) => ({ code: 0, ...output }),
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );
    return { code, output: stdout + stderr };
  };

  it('uploads the built file to the Marketplace and to Open VSX, each with its own token', async () => {
    const { code, output } = await publish(['marketplace', 'openvsx']);
    assert.equal(code, 0, output);
    const built = await readFile(path.join(folder, VSIX));
    for (const { content } of registries.uploads) assert.deepEqual(content, built);
    const basic = `Basic ${Buffer.from('OAuth:vsce-token').toString('base64')}`;
    assert.deepEqual(
      registries.uploads.map(({ place, authorization }) => [place, authorization]),
      [
        ['marketplace', basic],
        ['openvsx', 'Bearer ovsx-token'],
      ],
    );
  });

  it('skips a version that a place has already', async () => {
    for (const place of ['marketplace', 'openvsx', 'npm'] as const) registries.published.add(place);
    const { code, output } = await publish([]);
    assert.equal(code, 0, output);
    assert.match(output, /@example\/package@1\.2\.3 is published already\. Skipped\./);
    assert.equal(output.match(/already published\. ?Skipping publish/gi)?.length, 2, output);
    assert.deepEqual(registries.uploads, []);
  });

  it('uploads nothing in a dry run, in which npm checks the tarball', async () => {
    const tokens = { VSCE_PAT: '', OVSX_PAT: '', NPM_TOKEN: '' };
    const { code, output } = await publish(['--dry-run'], tokens);
    assert.equal(code, 0, output);
    assert.match(output, /example\.extension 1\.2\.3, a release\. All files have their checksums/);
    assert.match(output, /would run: vsce publish --skip-duplicate --packagePath \S+\.vsix --oidc/);
    assert.match(output, /would run: ovsx publish \S+\.vsix --skip-duplicate/);
    assert.match(output, /would publish @example\/package@1\.2\.3/);
    assert.deepEqual(registries.uploads, []);
  });

  it('goes on after a place has failed, and says how to try it again', async () => {
    registries.broken.add('marketplace');
    const { code, output } = await publish(['marketplace', 'openvsx']);
    assert.equal(code, 1);
    assert.match(output, /choose “Re-run failed jobs”/);
    assert.match(output, /npm run release:publish -- marketplace\n/);
    assert.deepEqual(
      registries.uploads.map(({ place }) => place),
      ['openvsx'],
    );
  });

  it('publishes on npm only in a workflow, which makes the provenance', async () => {
    const { code, output } = await publish(['npm']);
    assert.equal(code, 1);
    assert.match(output, /provenance/);
    assert.match(output, /choose “Re-run failed jobs”/);
    assert.doesNotMatch(output, /release:publish --/);
    assert.deepEqual(registries.uploads, []);
  });

  it('refuses a file that was changed after the build', async () => {
    const built = folder;
    folder = path.join(home, 'changed');
    await cp(built, folder, { recursive: true });
    await appendFile(path.join(folder, VSIX), 'x');
    const { code, output } = await publish(['openvsx']).finally(() => (folder = built));
    assert.equal(code, 1);
    assert.match(output, /extension-1\.2\.3\.vsix is not the file that was built/);
    assert.deepEqual(registries.uploads, []);
  });
});

/** Writes a small release: an extension and an npm package. */
async function writeRelease(home: string, folder: string): Promise<void> {
  const manifest = { name: 'extension', publisher: 'example', version: VERSION };
  const engines = { vscode: '^1.105.0' };
  const identity = `<Identity Id="extension" Version="${VERSION}" Publisher="example" />`;
  const vsix = zipSync({
    'extension.vsixmanifest': strToU8(
      `<PackageManifest><Metadata>${identity}</Metadata></PackageManifest>`,
    ),
    'extension/package.json': strToU8(JSON.stringify({ ...manifest, engines })),
  });
  const sources = path.join(home, 'package');
  for (const one of [sources, folder]) await mkdir(one);
  const packageManifest = { name: '@example/package', version: VERSION };
  await writeFile(path.join(sources, 'package.json'), JSON.stringify(packageManifest));
  await npm(['pack', '--pack-destination', '../release'], { cwd: sources });
  await writeFile(path.join(folder, VSIX), vsix);
  await writeChecksums(folder);
}
