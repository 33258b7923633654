import assert from 'node:assert/strict';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import * as readyFaults from '../../spotify/control/readyFaults.ts';
import { agreedCode, publicClient } from './publicClient.ts';
import { warningsDuring } from './warnings.ts';

const failures: [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('a mistake');
    },
  ],
  ['rejects', () => Promise.reject(new Error('a mistake'))],
];

/** A rejection that nothing handles fails every test: see test/unhandledRejections.cjs. */
describe('a function of the program that is not awaited', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());

  for (const [fails, fail] of failures) {
    it(`costs no token if onToken ${fails}, but warns`, async () => {
      const { refreshToken } = spotify.tokens.issue(alva, app);
      const auth = publicClient(spotify, app, { refreshToken, onToken: fail });
      const warnings = await warningsDuring(() => auth.getAccessToken());
      assert.deepEqual(warnings, ['The option onToken failed. Error: a mistake']);
    });

    it(`costs no token if onCacheError ${fails}, but warns`, async () => {
      const { refreshToken } = spotify.tokens.issue(alva, app);
      const tokenCache = {
        get: () => undefined,
        set: () => Promise.reject(new Error('read-only')),
      };
      const auth = publicClient(spotify, app, { refreshToken, tokenCache, onCacheError: fail });
      const warnings = await warningsDuring(() => auth.getAccessToken());
      assert.deepEqual(warnings, ['The option onCacheError failed. Error: a mistake']);
    });

    it(`costs no code if onRateLimit ${fails}, but warns`, async () => {
      const redirectUri = 'http://127.0.0.1:5000/callback';
      const auth = publicClient(spotify, app, { redirectUri, maxRetries: 1 });
      const code = await agreedCode(auth);
      spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(0) });
      const warnings = await warningsDuring(() => auth.exchangeCode(code, { onRateLimit: fail }));
      assert.deepEqual(warnings, ['The option onRateLimit failed. Error: a mistake']);
    });
  }

  it('has no token in its warning', async () => {
    const { refreshToken } = spotify.tokens.issue(alva, app);
    const onToken = (token: object) => {
      throw new Error(JSON.stringify(token));
    };
    const auth = publicClient(spotify, app, { refreshToken, onToken });
    let accessToken = '';
    const [warning = ''] = await warningsDuring(async () => {
      accessToken = await auth.getAccessToken();
    });
    assert.match(warning, /"accessToken":"\*\*\*"/);
    assert.ok(!warning.includes(accessToken) && !warning.includes(refreshToken));
  });
});
