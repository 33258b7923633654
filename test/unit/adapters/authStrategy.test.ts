import assert from 'node:assert/strict';
import { SpotifyApi } from '@spotify/web-api-ts-sdk';
import {
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  NoSessionError,
} from '../../../src/adapters/vscode.ts';
import { type AuthProvider, ClientCredentials, endpointsAt } from '../../../src/auth/index.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';
import { publicClient } from '../auth/publicClient.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { openScene } from './adapterScene.ts';
import { FakeEditor } from './fakeEditor.ts';
import { standInFetch } from './standInFetch.ts';

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

  it('shows who is signed in', async () => {
    const api = sdk(session());
    assert.equal((await api.currentUser.profile()).display_name, 'Alva');
    assert.equal(editor.dialogs, 1);
  });

  it('goes through the fetch of the process where it is given none', async () => {
    const replaced = globalThis.fetch;
    globalThis.fetch = standInFetch(spotify, replaced);
    try {
      const api = new SpotifyApi(createAuthStrategy(session()));
      assert.equal((await api.currentUser.profile()).id, 'alva');
    } finally {
      globalThis.fetch = replaced;
    }
  });

  it('goes on when the token has expired, for a person', async () => {
    const api = sdk(session());
    await api.currentUser.profile();
    const first = editor.accessToken;
    moveClock(3600);
    assert.deepEqual(await names(api), ['Clair de lune']);
    assert.notEqual(editor.accessToken, first);
    assert.equal(editor.dialogs, 1);
  });

  it('goes on when the token has expired, for an app and for a client of its own', async () => {
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

  it('goes on where Spotify ends a token early, together with createFetch', async () => {
    const provider = session();
    const api = sdk(provider, createFetch(provider, { fetch: standInFetch(spotify) }));
    await api.currentUser.profile();
    // Only Spotify's clock: nothing here can know.
    spotify.clock.advance(3601);
    assert.equal((await api.currentUser.profile()).id, 'alva');
    assert.equal(spotify.requests.count('me'), 3);
  });

  it('takes a provider of somebody’s own', async () => {
    const getAccessToken = () => Promise.resolve(spotify.tokens.issue(alva, app).accessToken);
    assert.equal((await sdk({ getAccessToken }).currentUser.profile()).id, 'alva');
  });

  it('says that it is authenticated, and gives no refresh token', async () => {
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

  it('has the SDK fail as the provider does', async () => {
    await assert.rejects(sdk(session(false)).currentUser.profile(), NoSessionError);
    assert.equal(spotify.requests.all.length, 0);
  });

  describe('tells which token there is', () => {
    it('without asking before the first request', async () => {
      editor.signIn();
      assert.equal(await sdk(session()).getAccessToken(), null);
      assert.equal(editor.asked.length, 0);
      assert.equal(await sdk(credentials()).getAccessToken(), null);
      assert.equal(spotify.requests.count('token'), 0);
    });

    it('not where the first request got none', async () => {
      const api = sdk(session(false));
      await assert.rejects(api.currentUser.profile(), NoSessionError);
      assert.equal(await api.getAccessToken(), null);
    });

    it('as the provider says after that', async () => {
      const api = sdk(session(false));
      editor.signIn();
      await api.currentUser.profile();
      editor.refresh();
      assert.equal((await api.getAccessToken())?.access_token, editor.accessToken);
      editor.revoke();
      await assert.rejects(api.getAccessToken(), NoSessionError);
    });

    it('not after logOut, which signs nobody out', async () => {
      const api = sdk(session());
      await api.currentUser.profile();
      api.logOut();
      assert.equal(await api.getAccessToken(), null);
      assert.equal((await api.currentUser.profile()).id, 'alva');
      assert.equal(editor.dialogs, 1);
    });
  });
});
