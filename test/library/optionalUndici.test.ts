import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { installLibrary, linkPackages, manifestOf } from './installedLibrary.ts';
import { oldestNode } from './oldestNode.ts';
import { runProgram } from './runProgram.ts';

/** Requests a token by way of a proxy that does not exist, and prints why there is none. */
const PROGRAM = `
  import { ClientCredentials } from '@spotify-sdk/js';
  const auth = new ClientCredentials({ clientId: 'a', clientSecret: 'b', maxRetries: 0 });
  await auth.getAccessToken().catch(({ code, message }) => console.log(code + ': ' + message));
`;

/** The programs of docs/auth.md run without it. */
describe('undici, which only programs behind a proxy need', function () {
  this.timeout(120_000);
  let folder: string;
  let undici: string;

  before(async () => {
    ({ folder } = await installLibrary());
    undici = path.join(folder, 'node_modules', 'undici');
    await writeFile(path.join(folder, 'proxy.js'), PROGRAM);
  });
  after(() => rm(undici));

  const run = async () => {
    const env = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    const program = { node: oldestNode(), file: 'proxy.js', cwd: folder, env };
    const { lines, errors } = await runProgram(program);
    assert.equal(errors, '');
    return lines;
  };

  it('is an optional peer, and not installed with the package', async () => {
    const installed = path.join(folder, 'node_modules', '@spotify-sdk', 'js');
    const { dependencies, peerDependencies, peerDependenciesMeta } = await manifestOf(installed);
    assert.deepEqual(Object.keys(dependencies), ['open']);
    assert.deepEqual(peerDependencies, { undici: '^7' });
    assert.deepEqual(peerDependenciesMeta, { undici: { optional: true } });
    assert.ok(!existsSync(undici));
  });

  it('is asked for by the error, if a proxy is set and it is missing', async () => {
    assert.deepEqual(await run(), [
      'configuration: The variable HTTPS_PROXY needs the npm package undici: install undici@7.',
    ]);
  });

  it('does not fail the build of a program that is bundled without it', async () => {
    const { errors, outputFiles } = await esbuild.build({
      stdin: { contents: PROGRAM, resolveDir: folder },
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    assert.deepEqual(errors, []);
    assert.equal(outputFiles.length, 1);
  });

  it('takes the proxy, once it is installed', async () => {
    await linkPackages(folder, 'undici');
    assert.deepEqual(await run(), [
      'connection: Cannot reach accounts.spotify.com: the connection through the proxy of HTTPS_PROXY failed.',
    ]);
  });
});
