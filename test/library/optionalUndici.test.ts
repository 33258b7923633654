import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import esbuild from 'esbuild';
import { certify } from '../certificates.ts';
import { installLibrary, linkPackages, manifestOf } from './installedLibrary.ts';
import { testedNode } from './testedNode.ts';
import { runProgram } from './runProgram.ts';

/** Requests a token by way of a proxy that does not exist, and prints why there is none. */
const PROGRAM = `
  import { ClientCredentials } from '@spotify-sdk/js';
  const auth = new ClientCredentials({ clientId: 'a', clientSecret: 'b', maxRetries: 0 });
  await auth.getAccessToken().catch(({ code, message }) => console.log(code + ': ' + message));
`;

/** Requests a token from a server whose authority only the file of SSL_CERT_FILE names. */
const AT_SERVER = (port: number) => `
  import { ClientCredentials, endpointsAt } from '@spotify-sdk/js';
  const endpoints = endpointsAt('https://127.0.0.1:${port}');
  const options = { clientId: 'a', clientSecret: 'b', maxRetries: 0, endpoints };
  const shown = ({ code, message }) => console.log(code + ': ' + message);
  await new ClientCredentials(options).getAccessToken().then(() => console.log('a token'), shown);
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
    const program = { node: testedNode(), file: 'proxy.js', cwd: folder, env };
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

  it('is asked for by the error, if Node does not know the authority of SSL_CERT_FILE', async () => {
    const authority = certify('authority');
    await writeFile(path.join(folder, 'authority.pem'), authority.cert);
    const server = createServer(
      certify('server', { hosts: ['127.0.0.1'], authority }),
      (_, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end('{"access_token":"BQ","token_type":"Bearer","expires_in":3600}');
      },
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await writeFile(path.join(folder, 'server.js'), AT_SERVER(port));
    const authorities = { SSL_CERT_FILE: 'authority.pem' };
    const ofNode = { ...authorities, NODE_EXTRA_CA_CERTS: 'authority.pem' };
    const at = async (env: NodeJS.ProcessEnv) =>
      (await runProgram({ node: testedNode(), file: 'server.js', cwd: folder, env })).lines;
    assert.deepEqual(await at(authorities), [
      'configuration: The variable SSL_CERT_FILE needs the npm package undici: install undici@7.',
    ]);
    assert.deepEqual(await at(ofNode), ['a token']);
    server.close();
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
