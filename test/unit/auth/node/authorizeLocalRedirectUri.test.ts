import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import {
  AuthorizationCode,
  AuthorizationDeniedError,
  authorizeLocal,
  ConfigurationError,
  ConnectionError,
} from '../../../../src/auth/index.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';
import { freePort } from '../../../vscode/serverProcess.ts';
import { LocalSignIn } from './localSignIn.ts';
import { get } from './loopbackClient.ts';

/** About src/auth/node/authorizeLocal.ts and src/auth/node/loopbackServer.ts. */
describe('the redirect URI of authorizeLocal', () => {
  let spotify: Spotify;
  let signIn: LocalSignIn;
  let browser: LocalSignIn['browser'];
  let closedBrowser: LocalSignIn['closedBrowser'];

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    signIn = new LocalSignIn(spotify);
    ({ browser, closedBrowser } = signIn);
  });

  const client = (redirectUri?: string) => signIn.client(redirectUri);

  const sentRedirectUri = () => spotify.requests.to('authorize')[0]?.query.get('redirect_uri');

  it('takes a free port where the redirect URI names none', async () => {
    const token = await authorizeLocal(client(), browser);
    assert.match(sentRedirectUri() ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.deepEqual(signIn.tokenCache.get(), token);
    assert.match(await signIn.tab, /Signed in to Spotify/);
  });

  it('takes the port that the redirect URI names', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    assert.ok(await authorizeLocal(client(redirectUri), browser));
    assert.equal(sentRedirectUri(), redirectUri);
  });

  it('takes that port again at once for the next sign-in', async () => {
    const auth = client(`http://127.0.0.1:${await freePort()}/callback`);
    const first = await authorizeLocal(auth, browser);
    assert.match(await signIn.tab, /Signed in to Spotify/);
    assert.notDeepEqual(await authorizeLocal(auth, browser), first);
    assert.match(await signIn.tab, /Signed in to Spotify/);
  });

  it('works over IPv6', async function () {
    if (!hasIpv6()) return skipWithoutIpv6(this);
    assert.ok(await authorizeLocal(client('http://[::1]/callback'), browser));
    assert.match(sentRedirectUri() ?? '', /^http:\/\/\[::1\]:\d+\/callback$/);
  });

  it('is refused at once with localhost, with the one that Spotify accepts', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const options = { openBrowser: false, authorizationUrlHandler: () => assert.fail() };
    for (const [redirectUri, accepted] of [
      // Also if its port is in use.
      [`http://localhost:${port}/callback`, `http://127.0.0.1:${port}/callback`],
      ['http://localhost/callback', 'http://127.0.0.1/callback'],
      ['HTTP://LOCALHOST:8888', 'HTTP://127.0.0.1:8888'],
      ['https://localhost:3000/callback', 'https://127.0.0.1:3000/callback'],
    ] as const) {
      const auth = new AuthorizationCode({ clientId: 'x', clientSecret: null, redirectUri });
      const refusal = (error: unknown) =>
        error instanceof ConfigurationError && error.message.includes(`Register ${accepted} in`);
      await assert.rejects(authorizeLocal(auth, options), refusal);
      await assert.rejects(auth.getAuthorizationUrl(), refusal);
    }
    other.close();
  });

  it('may have localhost with a port at another server than Spotify', async () => {
    const redirectUri = `http://localhost:${await freePort()}/callback`;
    const url = await new Promise<string>((resolve, reject) => {
      const signal = AbortSignal.timeout(5000);
      const options = { openBrowser: false, authorizationUrlHandler: resolve, signal };
      authorizeLocal(client(redirectUri), options).catch(reject);
    });
    assert.equal(new URL(url).searchParams.get('redirect_uri'), redirectUri);
    // It listens on no other address of this machine.
    await assert.rejects(fetch(redirectUri.replace('localhost', '127.0.0.2')), TypeError);
    const state = new URL(url).searchParams.get('state') ?? '';
    const page = await fetch(`${redirectUri}?error=access_denied&state=${state}`);
    assert.match(await page.text(), /declined/);
  });

  it('says that localhost needs a port', async () => {
    const refused = authorizeLocal(client('http://localhost/callback'), browser);
    await assert.rejects(refused, {
      name: 'ConfigurationError',
      message: /^http:\/\/localhost\/callback needs a port\. Name one, or use/,
    });
  });

  it('signs in with localhost if the server accepts it', async () => {
    const redirectUri = `http://localhost:${await freePort()}/callback`;
    // The stand-in refuses localhost as Spotify does. A test server may accept it.
    const authorizationUrlHandler = (url: string) => {
      const { code_challenge, state } = Object.fromEntries(new URL(url).searchParams);
      const alva = spotify.users.get('alva');
      assert.ok(alva);
      const consent = spotify.tokens.authorize(alva, signIn.app, ['user-read-private']);
      const code = spotify.tokens.issueCode(consent, redirectUri, code_challenge);
      signIn.tab = fetch(`${redirectUri}?code=${code}&state=${state}`).then((page) => page.text());
    };
    const options = { openBrowser: false, authorizationUrlHandler };
    const token = await authorizeLocal(client(redirectUri), options);
    assert.equal(token.scope, 'user-read-private');
    assert.match(await signIn.tab, /Signed in to Spotify/);
  });

  it('listens for localhost on [::1], too, which browsers may try first', async function () {
    if (!hasIpv6()) return skipWithoutIpv6(this);
    const port = await freePort();
    const authorizationUrlHandler = async (url: string) => {
      const state = new URL(url).searchParams.get('state') ?? '';
      for (const address of ['127.0.0.1', '[::1]']) {
        const headers = { host: `localhost:${port}` };
        assert.equal((await get(`http://${address}:${port}/callback`, headers)).status, 200);
      }
      const answer = `http://[::1]:${port}/callback?error=access_denied&state=${state}`;
      assert.equal((await get(answer, { host: `localhost:${port}` })).status, 303);
    };
    const options = { openBrowser: false, authorizationUrlHandler };
    const auth = client(`http://localhost:${port}/callback`);
    await assert.rejects(authorizeLocal(auth, options), AuthorizationDeniedError);
  });

  it('says so if another program has the port of localhost on [::1]', async function () {
    if (!hasIpv6()) return skipWithoutIpv6(this);
    const other = createServer().listen(0, '::1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const options = { openBrowser: false, authorizationUrlHandler: () => assert.fail() };
    const refused = authorizeLocal(client(`http://localhost:${port}/callback`), options);
    await assert
      .rejects(refused, {
        name: 'ConnectionError',
        message: `Cannot listen on port ${port} of ::1: another program listens there.`,
      })
      .finally(() => other.close());
    await assert.rejects(get(`http://127.0.0.1:${port}/callback`), /ECONNREFUSED/);
  });

  for (const redirectUri of [
    'http://127.0.0.1',
    'http://127.0.0.1/',
    'http://127.0.0.1/Call%62ack',
    'http://127.0.0.1/done',
  ]) {
    it(`names ${redirectUri} as it is registered, but for the port`, async () => {
      signIn.app.redirectUris = [redirectUri];
      const signal = AbortSignal.timeout(10_000);
      assert.ok(await authorizeLocal(client(redirectUri), { ...browser, signal }));
      assert.match(await signIn.tab, /Signed in to Spotify/);
    });
  }

  it('takes port 80 if the redirect URI names it', async function () {
    const port80 = createServer().listen(80, '127.0.0.1');
    const isFree = await once(port80, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) {
      console.log('      skipped: port 80 cannot be taken here, neither by the test');
      return this.skip();
    }
    // The test uses the port, so it must be refused. Another port would be accepted.
    const auth = client('http://127.0.0.1:80/callback');
    await assert
      .rejects(authorizeLocal(auth, { ...closedBrowser, timeoutMs: 20 }), /port 80/)
      .finally(() => port80.close());
  });

  for (const redirectUri of [
    'https://127.0.0.1/callback',
    'http://192.168.0.10:8080/callback',
    'http://localhost/callback',
    'http://localhost.evil.example:8080/callback',
    'http://user@127.0.0.1/callback',
    'http:\\\\127.0.0.1/callback',
    'my-app://callback',
    'nonsense',
  ]) {
    it(`refuses ${redirectUri} before anything is opened`, async () => {
      const authorizationUrlHandler = () => assert.fail('it was opened');
      const options = { openBrowser: false, authorizationUrlHandler };
      await assert.rejects(authorizeLocal(client(redirectUri), options), (error: Error) => {
        assert.match(error.message, /, such as http:\/\/127\.0\.0\.1\/callback\.$/);
        return error instanceof ConfigurationError;
      });
    });
  }

  it('is required', async () => {
    const auth = new AuthorizationCode({ clientId: 'x', clientSecret: null });
    await assert.rejects(authorizeLocal(auth, closedBrowser), {
      name: 'ConfigurationError',
      message: /SPOTIFY_SDK_REDIRECT_URI/,
    });
  });

  it('refuses a port in use before anything is opened', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const options = { openBrowser: false, authorizationUrlHandler: () => assert.fail() };
    const auth = client(`http://127.0.0.1:${port}/callback`);
    await assert.rejects(authorizeLocal(auth, options), ConnectionError);
    taken.close();
  });
});

function hasIpv6(): boolean {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.some((address) => address?.address === '::1');
}

function skipWithoutIpv6(test: Mocha.Context): void {
  console.log('      skipped: this machine has no IPv6 loopback');
  test.skip();
}
