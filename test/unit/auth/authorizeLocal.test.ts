import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AuthorizationCode,
  AuthorizationDeniedError,
  authorizeLocal,
  ConfigurationError,
  ConnectionError,
  InMemoryTokenCache,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';
import { freePort } from '../../vscode/serverProcess.ts';
import { publicClient } from './publicClient.ts';

describe('authorizeLocal', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  beforeEach(() => {
    const redirectUris = ['http://127.0.0.1/callback', 'http://[::1]/callback'];
    app = spotify.addApp({ redirectUris });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
    spotify.requests.clear();
  });

  const tokenCache = new InMemoryTokenCache();
  const client = (redirectUri = 'http://127.0.0.1/callback'): AuthorizationCode =>
    publicClient(spotify, app, { redirectUri, tokenCache });

  /** A browser that goes where it is sent; what it ends on is in `tab`. */
  let tab: Promise<string>;
  const browser = {
    openBrowser: false,
    authorizationUrlHandler: (url: string) => {
      tab = fetch(url).then((page) => page.text());
    },
  };
  /** A browser that is closed before anyone answers. */
  const nobody = { openBrowser: false, authorizationUrlHandler: () => undefined };

  const sentRedirectUri = () => spotify.requests.to('authorize')[0]?.query.get('redirect_uri');

  it('takes a free port where the redirect URI names none', async () => {
    const token = await authorizeLocal(client(), browser);
    assert.match(sentRedirectUri() ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.deepEqual(tokenCache.get(), token);
    assert.match(await tab, /Signed in to Spotify/);
  });

  it('takes the port that the redirect URI names', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    assert.ok(await authorizeLocal(client(redirectUri), browser));
    assert.equal(sentRedirectUri(), redirectUri);
  });

  it('works over IPv6', async function () {
    const addresses = Object.values(networkInterfaces()).flat();
    if (!addresses.some((address) => address?.address === '::1')) {
      console.log('      skipped: this machine has no IPv6 loopback');
      return this.skip();
    }
    assert.ok(await authorizeLocal(client('http://[::1]/callback'), browser));
    assert.match(sentRedirectUri() ?? '', /^http:\/\/\[::1\]:\d+\/callback$/);
  });

  it('accepts localhost with a port, and warns that Spotify may not', async () => {
    const redirectUri = `http://localhost:${await freePort()}/callback`;
    const warned = once(process, 'warning');
    const url = await new Promise<string>((resolve, reject) => {
      const signal = AbortSignal.timeout(5000);
      const options = { openBrowser: false, authorizationUrlHandler: resolve, signal };
      authorizeLocal(client(redirectUri), options).catch(reject);
    });
    assert.equal(new URL(url).searchParams.get('redirect_uri'), redirectUri);
    const [warning] = (await warned) as [Error];
    assert.match(warning.message, /127\.0\.0\.1/);
    const state = new URL(url).searchParams.get('state') ?? '';
    const page = await fetch(`${redirectUri}?error=access_denied&state=${state}`);
    assert.match(await page.text(), /declined/);
  });

  for (const redirectUri of [
    'https://127.0.0.1/callback',
    'http://192.168.0.10:8080/callback',
    'http://localhost/callback',
    'http://localhost.evil.example:8080/callback',
    'my-app://callback',
    'nonsense',
  ]) {
    it(`refuses ${redirectUri} before anything is opened`, async () => {
      const authorizationUrlHandler = () => assert.fail('it was opened');
      const options = { openBrowser: false, authorizationUrlHandler };
      await assert.rejects(authorizeLocal(client(redirectUri), options), ConfigurationError);
    });
  }

  it('refuses a port in use before anything is opened', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const options = { openBrowser: false, authorizationUrlHandler: () => assert.fail() };
    const auth = client(`http://127.0.0.1:${port}/callback`);
    await assert.rejects(authorizeLocal(auth, options), ConnectionError);
    taken.close();
  });

  it('refuses when nobody could visit the address', async () => {
    await assert.rejects(authorizeLocal(client(), { openBrowser: false }), ConfigurationError);
  });

  it('goes on waiting after a callback with a foreign state', async () => {
    const authorizationUrlHandler = async (url: string) => {
      const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
      const page = await fetch(`${redirectUri}?code=AQx&state=foreign`);
      assert.match(await page.text(), /No sign-in is waiting/);
      browser.authorizationUrlHandler(url);
    };
    assert.ok(await authorizeLocal(client(), { openBrowser: false, authorizationUrlHandler }));
  });

  it('says so when the user declines', async () => {
    spotify.behaviour.consent = 'deny';
    await assert.rejects(authorizeLocal(client(), browser), AuthorizationDeniedError);
    assert.match(await tab, /declined/);
  });

  it('gives up when no callback comes in time', async () => {
    const waiting = authorizeLocal(client(), { ...nobody, timeoutMs: 20 });
    await assert.rejects(waiting, (error) => {
      return error instanceof ConnectionError && error.message.includes('20 ms');
    });
  });

  it('stops at once when it is aborted, and frees its port', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const controller = new AbortController();
    const waiting = authorizeLocal(client(redirectUri), { ...nobody, signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await assert.rejects(waiting, /changed my mind/);
    await assert.rejects(fetch(redirectUri), TypeError);
  });

  describe('with the browser of the system', () => {
    const { PATH } = process.env;
    let bin: string;

    before(async function () {
      if (process.platform !== 'linux') {
        console.log('      skipped: only on Linux a script can take the place of the browser');
        this.skip();
      }
      bin = await mkdtemp(path.join(tmpdir(), 'browser-'));
    });
    afterEach(() => (process.env['PATH'] = PATH));
    after(() => bin && rm(bin, { recursive: true }));

    it('opens the address, whatever is in it', async () => {
      const opened = path.join(bin, 'opened');
      const script = `#!/bin/sh\nprintf %s "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`;
      await writeFile(path.join(bin, 'xdg-open'), script);
      await chmod(path.join(bin, 'xdg-open'), 0o755);
      process.env['PATH'] = `${bin}:${PATH ?? ''}`;
      const signing = authorizeLocal(client());
      browser.authorizationUrlHandler(await content(opened));
      assert.ok(await signing);
    });

    it('says so when there is none', async () => {
      process.env['PATH'] = bin + '/empty';
      await assert.rejects(authorizeLocal(client()), ConnectionError);
    });
  });
});

/** Waits for the file. */
async function content(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
}
