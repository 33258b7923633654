import assert from 'node:assert/strict';
import {
  AuthorizationCode,
  type AuthorizationCodeOptions,
  ConfigurationError,
  endpointsAt,
  type Fetch,
  InMemoryTokenCache,
  StateMismatchError,
} from '../../../src/auth/index.ts';
import { type App, readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';
import { defaultFetch } from '../../../src/auth/node/undiciFetch.ts';
import { freePort } from '../../vscode/serverProcess.ts';
import { publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1:5000/callback';

describe('AuthorizationCode', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  beforeEach(() => {
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    Object.assign(spotify.behaviour, { consent: { agreeAs: 'alva' }, expiresIn: 3600 });
    Object.assign(spotify.behaviour, { rotateRefreshTokens: false, omitScope: false });
    spotify.requests.clear();
  });

  const client = (options: AuthorizationCodeOptions = {}) =>
    publicClient(spotify, app, { redirectUri, ...options });

  /** Visits the URL as a browser whose user agrees; returns the URL of the redirect. */
  async function visit(url: string): Promise<string> {
    const { status, headers } = await fetch(url, { redirect: 'manual' });
    assert.equal(Math.floor(status / 100), 3, `no redirect but ${status}`);
    return headers.get('location') ?? '';
  }

  async function signedIn(options: AuthorizationCodeOptions = {}) {
    const auth = client(options);
    const code = auth.parseResponseUrl(await visit(await auth.getAuthorizationUrl()));
    return { auth, token: await auth.exchangeCode(code) };
  }

  const expire = () => {
    spotify.behaviour.expiresIn = 1;
  };

  describe('the authorization URL', () => {
    it('requests a code with PKCE and a random state', async () => {
      const auth = client();
      const [first, second] = [
        new URL(await auth.getAuthorizationUrl({ showDialog: true })),
        new URL(await auth.getAuthorizationUrl()),
      ];
      const { state, code_challenge, ...rest } = Object.fromEntries(first.searchParams);
      assert.equal(first.origin + first.pathname, `${spotify.accountsUrl}/authorize`);
      assert.deepEqual(rest, {
        client_id: app.clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'user-read-private user-top-read',
        show_dialog: 'true',
        code_challenge_method: 'S256',
      });
      assert.match(String(state), /^[\w-]{43}$/);
      assert.match(String(code_challenge), /^[\w-]{43}$/);
      assert.notEqual(second.searchParams.get('state'), state);
      assert.notEqual(second.searchParams.get('code_challenge'), code_challenge);
    });

    it('refuses invalid limits and endpoints', () => {
      const make = (options: AuthorizationCodeOptions) => () =>
        new AuthorizationCode({ clientId: 'id', ...options });
      for (const limit of ['timeoutMs', 'timeBudgetMs', 'maxRetries', 'expirySkewSeconds']) {
        for (const value of [NaN, -1]) {
          assert.throws(make({ [limit]: value }), ConfigurationError, `${limit} ${value}`);
        }
        assert.doesNotThrow(make({ [limit]: Infinity }));
      }
      const good = endpointsAt();
      for (const address of ['', 'accounts', 'http://accounts.spotify.com', 'ftp://127.0.0.1/']) {
        for (const which of ['authorize', 'token']) {
          assert.throws(make({ endpoints: { ...good, [which]: address } }), ConfigurationError);
        }
      }
    });

    it('needs a redirect URI, and prefers its own option to that of the instance', async () => {
      const auth = new AuthorizationCode({ clientId: 'x', clientSecret: null });
      await assert.rejects(auth.getAuthorizationUrl(), ConfigurationError);
      const sent = async (given: string) => {
        const url = await client().getAuthorizationUrl({ redirectUri: given });
        return new URL(url).searchParams.get('redirect_uri');
      };
      assert.equal(await sent('http://127.0.0.1:6000/callback'), 'http://127.0.0.1:6000/callback');
      assert.equal(await sent(''), redirectUri);
    });

    it('has the scopes of its own option, and no parameter if there are none', async () => {
      const scope = async (given: string | readonly string[]) => {
        const url = new URL(await client().getAuthorizationUrl({ scope: given }));
        return url.searchParams.get('scope');
      };
      assert.equal(await scope('streaming, user-top-read'), 'streaming user-top-read');
      assert.equal(await scope([' streaming ', 'a-new-one', 'streaming']), 'streaming a-new-one');
      for (const none of ['', ' , ', [], ['']]) assert.equal(await scope(none), null);
    });

    it('has show_dialog only if that is requested', async () => {
      const url = new URL(await client().getAuthorizationUrl({ showDialog: false }));
      assert.equal(url.searchParams.get('show_dialog'), null);
    });
  });

  describe('the exchange', () => {
    it('returns and stores the tokens', async () => {
      const tokenCache = new InMemoryTokenCache();
      const { auth, token } = await signedIn({ tokenCache });
      assert.deepEqual(tokenCache.get(), token);
      assert.equal(token.scope, 'user-read-private user-top-read');
      assert.ok(token.refreshToken);
      assert.ok(token.expiresAt > Date.now() / 1000 + 3500);
      assert.equal(await auth.getAccessToken(), token.accessToken);
      assert.equal(spotify.requests.count('token'), 1);
    });

    it('gives each of several pending URLs its own verifier, whatever the order', async () => {
      const auth = client();
      const urls = await Promise.all([1, 2, 3].map(() => auth.getAuthorizationUrl()));
      const answers = await Promise.all(urls.map(visit));
      for (const answer of answers.reverse()) {
        assert.ok(await auth.exchangeCode(auth.parseResponseUrl(answer)));
      }
    });

    it('sends nothing when the code verifier is unknown', async () => {
      const auth = client();
      await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
      await auth.getAuthorizationUrl();
      await auth.getAuthorizationUrl();
      await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
      assert.equal(spotify.requests.count('token'), 0);
    });

    it('accepts only the states of its pending URLs', async () => {
      const auth = client();
      await auth.getAuthorizationUrl();
      assert.throws(() => auth.parseResponseUrl('?code=AQx&state=other'), StateMismatchError);
    });

    it('is not repeated when its answer may be lost', async () => {
      for (const fault of [{ reset: true }, { loseAnswer: true }] as const) {
        spotify.faults.next(1, { on: 'token', ...fault });
        spotify.requests.clear();
        await assert.rejects(signedIn({ maxRetries: 3 }));
        assert.equal(spotify.requests.count('token'), 1);
      }
    });

    it('is repeated when it certainly did not reach Spotify', async () => {
      const closedPort = `http://127.0.0.1:${await freePort()}/`;
      for (const client of [(...request: Parameters<Fetch>) => fetch(...request), defaultFetch]) {
        let attempts = 0;
        const refusedOnce: Fetch = (url, init) => client(attempts++ === 0 ? closedPort : url, init);
        const { token } = await signedIn({ maxRetries: 1, fetch: refusedOnce });
        assert.ok(token.accessToken);
        assert.equal(attempts, 2);
      }
    });
  });

  describe('getAccessToken', () => {
    it('refreshes an expired token and keeps the refresh token that the answer leaves out', async () => {
      expire();
      const tokenCache = new InMemoryTokenCache();
      const { auth, token } = await signedIn({ tokenCache });
      spotify.behaviour.expiresIn = 3600;
      const accessToken = await auth.getAccessToken();
      assert.notEqual(accessToken, token.accessToken);
      assert.equal(tokenCache.get()?.refreshToken, token.refreshToken);
    });

    it('stores a rotated refresh token before it returns the access token', async () => {
      expire();
      spotify.behaviour.rotateRefreshTokens = true;
      const { auth, token } = await signedIn();
      for (let i = 0; i < 3; i++) await auth.getAccessToken();
      assert.equal(spotify.requests.count('token', 'refresh_token'), 3);
      const sent = spotify.requests
        .to('token', 'refresh_token')
        .map((r) => r.form.get('refresh_token'));
      assert.equal(new Set(sent).size, 3);
      assert.equal(sent[0], token.refreshToken);
    });

    it('keeps the known scope when the answer omits it', async () => {
      expire();
      const tokenCache = new InMemoryTokenCache();
      const { auth, token } = await signedIn({ tokenCache });
      spotify.behaviour.omitScope = true;
      await auth.getAccessToken();
      assert.equal(tokenCache.get()?.scope, token.scope);
    });

    it('sends one request for all callers at once', async () => {
      expire();
      const { auth } = await signedIn();
      await Promise.all(Array.from({ length: 200 }, () => auth.getAccessToken()));
      assert.equal(spotify.requests.count('token', 'refresh_token'), 1);
    });

    it('sends a new request after a failure', async () => {
      expire();
      const { auth } = await signedIn();
      spotify.faults.next(1, { on: 'token', ...readyFaults.upstreamConnectError });
      const results = await Promise.allSettled([auth.getAccessToken(), auth.getAccessToken()]);
      assert.deepEqual(
        results.map((r) => r.status),
        ['rejected', 'rejected'],
      );
      assert.ok(await auth.getAccessToken());
    });

    it('requires a sign-in when there is no refresh token', async () => {
      await assert.rejects(client().getAccessToken(), { requiresSignIn: true });
    });

    it('never repeats after invalid_grant, and requires a sign-in', async () => {
      const auth = client({ refreshToken: 'AQgarbage', maxRetries: 3 });
      await assert.rejects(auth.getAccessToken(), { error: 'invalid_grant', requiresSignIn: true });
      assert.equal(spotify.requests.count('token'), 1);
    });

    it('does not require a sign-in when the client ID is wrong', async () => {
      const auth = client({ clientId: 'f'.repeat(32), refreshToken: 'AQx' });
      await assert.rejects(auth.getAccessToken(), {
        error: 'invalid_client',
        requiresSignIn: false,
        message: /Check the client ID and the client secret\.$/,
      });
    });
  });
});
