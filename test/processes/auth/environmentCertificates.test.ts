import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { certify } from '../../certificates.ts';
import { ConnectProxy } from '../../connectProxy.ts';
import { SocksProxy } from '../../socksProxy.ts';

const library = new URL('../../../src/auth/index.ts', import.meta.url).href;

describe('the certificates of the environment', () => {
  let folder: string;
  let server: Server;
  let proxies: { http: ConnectProxy; https: ConnectProxy; socks: SocksProxy };
  const file = (name: string) => path.join(folder, name);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'certificates-'));
    const [ours, theirs] = [certify('ours'), certify('theirs')];
    await writeFile(file('ours.pem'), ours.cert);
    await writeFile(file('theirs.pem'), theirs.cert);
    await writeFile(file('text.pem'), 'no certificate');
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    await writeFile(file('damaged.pem'), damaged);
    const ofServer = certify('server', { hosts: ['127.0.0.1'], authority: ours });
    server = createServer(ofServer, (_, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"access_token":"BQx","token_type":"Bearer","expires_in":3600}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxies = {
      http: await ConnectProxy.start(),
      https: await ConnectProxy.start(ofServer),
      socks: await SocksProxy.start(),
    };
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    for (const proxy of Object.values(proxies)) proxy.close();
    await rm(folder, { recursive: true });
  });

  /** Requests a token in a new process, since Node reads one of the variables at its start. */
  async function getToken(env: NodeJS.ProcessEnv): Promise<string> {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const script = `
      const { ClientCredentials, endpointsAt } = await import(${JSON.stringify(library)});
      const app = { clientId: 'a', clientSecret: 'b', endpoints: endpointsAt('${url}'), maxRetries: 0 };
      await new ClientCredentials(app).getAccessToken().then(
        (token) => console.log(token),
        (error) => console.log(error.code, error.message, error.cause?.cause?.code),
      );
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { env: { ...process.env, ...env } },
    );
    return stdout.trim();
  }

  it('are needed for a server whose authority is not known', async () => {
    assert.match(await getToken({}), /^connection .*UNABLE_TO_/);
  });

  it('are those of SSL_CERT_FILE', async () => {
    assert.equal(await getToken({ SSL_CERT_FILE: file('ours.pem') }), 'BQx');
    assert.match(await getToken({ SSL_CERT_FILE: file('theirs.pem') }), /^connection /);
  });

  it('are those of NODE_EXTRA_CA_CERTS, also beside SSL_CERT_FILE', async () => {
    assert.equal(await getToken({ NODE_EXTRA_CA_CERTS: file('ours.pem') }), 'BQx');
    const both = { SSL_CERT_FILE: file('theirs.pem'), NODE_EXTRA_CA_CERTS: file('ours.pem') };
    assert.equal(await getToken(both), 'BQx');
    const missing = { SSL_CERT_FILE: file('ours.pem'), NODE_EXTRA_CA_CERTS: file('missing.pem') };
    assert.equal(await getToken(missing), 'BQx');
  });

  for (const name of ['missing.pem', 'text.pem', 'damaged.pem', '']) {
    it(`are refused with the name of the variable: ${name || 'a folder'}`, async () => {
      const said = await getToken({ SSL_CERT_FILE: file(name) });
      assert.match(said, /^configuration .*SSL_CERT_FILE/);
      assert.ok(!said.includes(folder));
    });
  }

  it('count through each kind of proxy', async () => {
    const env = { SSL_CERT_FILE: file('ours.pem') };
    assert.equal(await getToken({ ...env, HTTPS_PROXY: proxies.http.url }), 'BQx');
    assert.equal(await getToken({ ...env, https_proxy: proxies.https.url }), 'BQx');
    const socks = `socks5h://127.0.0.1:${proxies.socks.port}`;
    assert.equal(await getToken({ ...env, ALL_PROXY: socks }), 'BQx');
    const tunnels = [proxies.http.tunnels, proxies.https.tunnels, proxies.socks.targets];
    assert.deepEqual(
      tunnels.map(({ length }) => length),
      [1, 1, 1],
    );
  });

  it('count for a proxy, too', async () => {
    const env = { SSL_CERT_FILE: file('theirs.pem'), https_proxy: proxies.https.url };
    assert.match(await getToken(env), /^connection .*proxy of https_proxy/);
  });
});
