import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ConnectProxy } from '../../connectProxy.ts';
import { type Spotify, startSpotify } from '../../spotify/index.ts';

const library = new URL('../../../src/auth/index.ts', import.meta.url).href;

describe('the default fetch in Node', () => {
  let spotify: Spotify;
  let proxy: ConnectProxy;

  before(async () => {
    [spotify, proxy] = await Promise.all([startSpotify(), ConnectProxy.start()]);
  });
  after(async () => {
    proxy.close();
    await spotify.close();
  });
  beforeEach(() => (proxy.tunnels.length = 0));

  /** Gets a token in a new process, since a process reads the proxy from its environment only once. */
  async function getToken(env: NodeJS.ProcessEnv): Promise<string> {
    const { clientId, clientSecret } = spotify.addApp({ redirectUris: [] });
    const script = `
      const { ClientCredentials, endpointsAt } = await import(${JSON.stringify(library)});
      const auth = new ClientCredentials({ endpoints: endpointsAt(${JSON.stringify(spotify.accountsUrl)}) });
      console.log(await auth.getAccessToken());
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      {
        env: {
          ...process.env,
          SPOTIFY_SDK_CLIENT_ID: clientId,
          SPOTIFY_SDK_CLIENT_SECRET: clientSecret,
          ...env,
        },
      },
    );
    return stdout.trim();
  }

  it('uses the proxy of the environment', async () => {
    const token = await getToken({ HTTP_PROXY: proxy.url, NO_PROXY: '' });
    assert.ok(spotify.tokens.accessTokens.has(token));
    assert.deepEqual(proxy.tunnels, [new URL(spotify.accountsUrl).host]);
  });

  it('does not use the proxy for the hosts of NO_PROXY', async () => {
    const token = await getToken({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' });
    assert.ok(spotify.tokens.accessTokens.has(token));
    assert.deepEqual(proxy.tunnels, []);
  });
});
