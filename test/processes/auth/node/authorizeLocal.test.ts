import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  AuthorizationDeniedError,
  authorizeLocal,
  ConfigurationError,
  ConnectionError,
} from '../../../../src/auth/index.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';
import { freePort } from '../../../vscode/serverProcess.ts';
import { LocalSignIn } from '../../../unit/auth/node/localSignIn.ts';

describe('authorizeLocal', () => {
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

  it('needs a handler if it does not open the browser', async () => {
    await assert.rejects(authorizeLocal(client(), { openBrowser: false }), ConfigurationError);
  });

  it('goes on waiting after a callback with another state', async () => {
    const authorizationUrlHandler = async (url: string) => {
      const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
      const page = await fetch(`${redirectUri}?code=AQx&state=foreign`);
      assert.match(await page.text(), /No sign-in is waiting/);
      browser.authorizationUrlHandler(url);
    };
    assert.ok(await authorizeLocal(client(), { openBrowser: false, authorizationUrlHandler }));
  });

  it('rejects with an AuthorizationDeniedError when the user declines', async () => {
    spotify.behaviour.consent = 'deny';
    await assert.rejects(authorizeLocal(client(), browser), AuthorizationDeniedError);
    assert.match(await signIn.tab, /declined/);
  });

  it('rejects with a ConnectionError when no callback comes in time', async () => {
    const waiting = authorizeLocal(client(), { ...closedBrowser, timeoutMs: 20 });
    await assert.rejects(waiting, (error) => {
      return error instanceof ConnectionError && error.message.includes('20 ms');
    });
  });

  it('stops at once when it is aborted, and frees its port', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const controller = new AbortController();
    const waiting = authorizeLocal(client(redirectUri), {
      ...closedBrowser,
      signal: controller.signal,
    });
    controller.abort(new Error('changed my mind'));
    await assert.rejects(waiting, /changed my mind/);
    await assert.rejects(fetch(redirectUri), TypeError);
  });

  it('opens nothing when its signal has already aborted', async () => {
    const opened: string[] = [];
    const authorizationUrlHandler = (url: string) => void opened.push(url);
    const signal = AbortSignal.abort(new Error('changed my mind'));
    const options = { openBrowser: false, authorizationUrlHandler, signal };
    await assert.rejects(authorizeLocal(client(), options), /changed my mind/);
    assert.deepEqual(opened, []);
  });

  it('rejects with the error of the handler, and frees its port', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const authorizationUrlHandler = () => Promise.reject(new Error('no way to show it'));
    const options = { openBrowser: false, authorizationUrlHandler };
    await assert.rejects(authorizeLocal(client(redirectUri), options), /no way to show it/);
    await assert.rejects(fetch(redirectUri), TypeError);
  });

  it('refuses an invalid time limit before anything is opened', async () => {
    const options = { openBrowser: false, authorizationUrlHandler: () => assert.fail() };
    for (const timeoutMs of [NaN, 0, -1]) {
      const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
      const refused = authorizeLocal(client(redirectUri), { ...options, timeoutMs });
      await assert.rejects(refused, ConfigurationError);
      await assert.rejects(fetch(redirectUri), TypeError);
    }
    assert.ok(await authorizeLocal(client(), { ...browser, timeoutMs: Infinity }));
  });

  it('lets the program end as soon as the tab has its page', async () => {
    const library = new URL('../../../../src/auth/index.ts', import.meta.url).href;
    const script = `
      const [library, accountsUrl, clientId] = process.argv.slice(1);
      const { AuthorizationCode, authorizeLocal, endpointsAt } = await import(library);
      const redirectUri = 'http://127.0.0.1/callback';
      const endpoints = endpointsAt(accountsUrl);
      const auth = new AuthorizationCode({ clientId, redirectUri, endpoints });
      let tab, sentRedirectUri;
      const authorizationUrlHandler = (url) => {
        sentRedirectUri = new URL(url).searchParams.get('redirect_uri');
        tab = fetch(url, { headers: { Connection: 'close' } }).then((page) => page.text());
      };
      await authorizeLocal(auth, { openBrowser: false, authorizationUrlHandler });
      console.log(await tab);
      // Nothing keeps the process running, and repeated callbacks are still answered.
      process.once('beforeExit', async () => {
        const duplicate = await fetch(sentRedirectUri + '?code=AQx&state=x').catch(() => undefined);
        console.log('late duplicate', duplicate?.status);
      });
    `;
    const args = ['--input-type=module', '--eval', script, library, spotify.accountsUrl];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, signIn.app.clientId]);
    assert.match(stdout, /Signed in to Spotify[^]*late duplicate 200/);
  });

  it('leaves no pending URL that could be taken for that of a later code', async () => {
    const auth = client('http://127.0.0.1/callback');
    spotify.behaviour.consent = 'deny';
    await assert.rejects(authorizeLocal(auth, browser), AuthorizationDeniedError);
    const signal = AbortSignal.abort(new Error('changed my mind'));
    await assert.rejects(authorizeLocal(auth, { ...browser, signal }), /changed my mind/);
    await assert.rejects(
      authorizeLocal(auth, { ...closedBrowser, timeoutMs: 20 }),
      ConnectionError,
    );
    spotify.behaviour.consent = { agreeAs: 'alva' };
    const { headers } = await fetch(await auth.getAuthorizationUrl(), { redirect: 'manual' });
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
    assert.ok(await auth.exchangeCode(code));
  });

  it('stops listening when a sign-in is over', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    await authorizeLocal(client(redirectUri), browser);
    await signIn.tab;
    const isOpen = () =>
      fetch(redirectUri).then(
        () => true,
        () => false,
      );
    while (await isOpen());
  });
});
