import assert from 'node:assert/strict';
import { SpotifyApi } from '@spotify/web-api-ts-sdk';
import {
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  createSdkConfig,
  NoSessionError,
} from '../../../src/adapters/vscode.ts';
import { type AuthProvider, ClientCredentials, endpointsAt } from '../../../src/auth/index.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';
import { publicClient } from '../auth/publicClient.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { openScene } from './adapterScene.ts';
import { FakeEditor } from './fakeEditor.ts';
import { standInFetch } from './standInFetch.ts';

/** About createAuthStrategy in src/adapters/vscode.ts. */
describe('createAuthStrategy, with the SDK of Spotify', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let editor: FakeEditor;

  before(async () => ({ spotify, app, alva } = await openScene()));
  after(() => spotify.close());
  beforeEach(() => {
    editor = new FakeEditor(spotify, app, alva);
  });
  afterEach(() => {
    resetClock();
    spotify.clock.reset();
    spotify.requests.clear();
  });

  const session = (ask = true) => createAuthProvider(editor.api, ['user-read-private'], { ask });
  const credentials = () =>
    new ClientCredentials({ ...app, endpoints: endpointsAt(spotify.accountsUrl) });
  const sdk = (provider: AuthProvider, fetch = standInFetch(spotify)) =>
    new SpotifyApi(createAuthStrategy(provider), { fetch });
  const names = async (api: SpotifyApi) =>
    (await api.search('gymnopédie', ['track'])).tracks.items.map(({ name }) => name);

  it('lets the SDK load the user’s profile', async () => {
    const api = sdk(session());
    assert.equal((await api.currentUser.profile()).display_name, 'Alva');
    assert.equal(editor.dialogs, 1);
  });

  it('uses the global fetch by default', async () => {
    const replaced = globalThis.fetch;
    globalThis.fetch = standInFetch(spotify, replaced);
    try {
      const api = new SpotifyApi(createAuthStrategy(session()));
      assert.equal((await api.currentUser.profile()).id, 'alva');
    } finally {
      globalThis.fetch = replaced;
    }
  });

  it('continues when a user’s token has expired', async () => {
    const api = sdk(session());
    await api.currentUser.profile();
    const first = editor.accessToken;
    moveClock(3600);
    assert.deepEqual(await names(api), ['Clair de lune']);
    assert.notEqual(editor.accessToken, first);
    assert.equal(editor.dialogs, 1);
  });

  it('continues when the token of an app, or of an AuthorizationCode, has expired', async () => {
    const { refreshToken } = spotify.tokens.issue(alva, app, ['user-read-private']);
    const own = publicClient(spotify, app, { refreshToken });
    for (const provider of [credentials(), own]) {
      const api = sdk(provider);
      await names(api);
      moveClock(3600);
      assert.deepEqual(await names(api), ['Clair de lune']);
    }
    assert.equal(spotify.requests.count('token'), 4);
  });

  it('continues with createFetch when Spotify revokes a token early', async () => {
    const provider = session();
    const api = sdk(provider, createFetch(provider, { fetch: standInFetch(spotify) }));
    await api.currentUser.profile();
    // Only Spotify's clock advances, so this process cannot know.
    spotify.clock.advance(3601);
    assert.equal((await api.currentUser.profile()).id, 'alva');
    assert.equal(spotify.requests.count('me'), 3);
  });

  it('accepts a custom provider', async () => {
    const getAccessToken = () => Promise.resolve(spotify.tokens.issue(alva, app).accessToken);
    assert.equal((await sdk({ getAccessToken }).currentUser.profile()).id, 'alva');
  });

  it('is authenticated for the SDK, and returns no refresh token', async () => {
    const now = Date.now();
    Date.now = () => now;
    assert.deepEqual(await sdk(session()).authenticate(), {
      authenticated: true,
      accessToken: {
        access_token: editor.accessToken,
        token_type: 'Bearer',
        expires_in: 30,
        expires: now + 30_000,
        refresh_token: '',
      },
    });
  });

  it('makes the SDK reject with the provider’s error', async () => {
    await assert.rejects(sdk(session(false)).currentUser.profile(), NoSessionError);
    assert.equal(spotify.requests.all.length, 0);
  });

  describe('returns its token', () => {
    it('as null before the first request, without a dialog', async () => {
      editor.signIn();
      assert.equal(await sdk(session()).getAccessToken(), null);
      assert.equal(editor.asked.length, 0);
      assert.equal(await sdk(credentials()).getAccessToken(), null);
      assert.equal(spotify.requests.count('token'), 0);
    });

    it('as null if the first request got none', async () => {
      const api = sdk(session(false));
      await assert.rejects(api.currentUser.profile(), NoSessionError);
      assert.equal(await api.getAccessToken(), null);
    });

    it('from the provider after the first request', async () => {
      const api = sdk(session(false));
      editor.signIn();
      await api.currentUser.profile();
      editor.refresh();
      assert.equal((await api.getAccessToken())?.access_token, editor.accessToken);
      editor.revoke();
      await assert.rejects(api.getAccessToken(), NoSessionError);
    });

    it('as null after logOut, which does not sign the user out', async () => {
      const api = sdk(session());
      await api.currentUser.profile();
      api.logOut();
      assert.equal(await api.getAccessToken(), null);
      assert.equal((await api.currentUser.profile()).id, 'alva');
      assert.equal(editor.dialogs, 1);
    });
  });

  describe('with createSdkConfig', () => {
    const configured = (provider: AuthProvider) =>
      new SpotifyApi(...createSdkConfig(provider, { fetch: standInFetch(spotify) }));
    const answers = (body: string, on: 'player' | 'devices' = 'player') =>
      spotify.faults.next(1, { on, status: 200, body });

    for (const body of ['9h5npEXfBOvTJweMy83FqSmeRcc', 'oPClBVDzidwlAlSqmFF-zKNO62E\n', '']) {
      it(`skips to the next track though Spotify answers ${JSON.stringify(body)}`, async () => {
        answers(body);
        await configured(session()).player.skipToNext('a device');
        assert.equal(spotify.requests.to('player')[0]?.method, 'POST');
      });
    }

    it('without it, the SDK fails at such a word', async () => {
      answers('9h5npEXfBOvTJweMy83FqSmeRcc');
      await assert.rejects(sdk(session()).player.skipToNext('a device'), SyntaxError);
    });

    it('refuses a page in place of JSON', async () => {
      answers('<html>Sign in to the Wi-Fi</html>', 'devices');
      await assert.rejects(configured(session()).player.getAvailableDevices(), SyntaxError);
    });

    it('reads JSON, and renews a token that Spotify refuses', async () => {
      const api = configured(session());
      await api.currentUser.profile();
      spotify.clock.advance(3601);
      assert.equal((await api.currentUser.profile()).id, 'alva');
    });
  });
});
