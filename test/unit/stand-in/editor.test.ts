import assert from 'node:assert/strict';
import {
  createAuthProvider,
  createFetch,
  NoSessionError,
  NotInstalledError,
  type SessionProvider,
} from '../../../src/adapters/vscode.ts';
import { startStandIn, type StandIn, type StandInEditor } from '../../../stand-in/index.ts';

const SCOPES = ['user-top-read'];
const REFRESH = 'spotify-authentication.refreshAccessToken';

describe('the editor of the stand-in', () => {
  let standIn: StandIn;
  let editor: StandInEditor;
  let session: SessionProvider;

  before(async () => void (standIn = await startStandIn()));
  after(() => standIn.close());
  beforeEach(() => {
    standIn.reset();
    editor = standIn.editor('alva');
    session = createAuthProvider(editor, SCOPES);
  });
  afterEach(() => session.close());

  const silent = (scopes = SCOPES) =>
    editor.authentication.getSession('spotify', scopes, { silent: true });
  const topTracks = async () => {
    const spotifyFetch = createFetch(session, { fetch: standIn.fetch });
    return (await spotifyFetch('https://api.spotify.com/v1/me/top/tracks')).status;
  };
  const goOffline = () => standIn.faults.next(100, { reset: true });

  it('asks the user once, with the extension’s sentence', async () => {
    assert.equal(await session.isSignedIn(), false);
    await session.getAccessToken({ ask: { detail: 'To count.' } });
    assert.deepEqual([await session.isSignedIn(), await topTracks()], [true, 200]);
    assert.deepEqual(editor.dialogs, ['To count.']);
  });

  for (const answer of ['decline', 'cancel'] as const) {
    it(`rejects as VS Code does when the answer is ${answer}`, async () => {
      editor.answer = answer;
      await assert.rejects(session.getAccessToken(), NoSessionError);
      assert.equal(await session.isSignedIn(), false);
    });
  }

  it('has a user who signed in earlier, for these scopes', async () => {
    editor.signIn(['user-top-read', 'user-read-private']);
    assert.equal((await silent())?.account.label, 'Alva Lind');
    assert.equal(await silent(['playlist-read-private']), undefined);
    assert.deepEqual(editor.dialogs, []);
  });

  it('does not send an entry for a client ID to Spotify', async () => {
    const scopes = [...SCOPES, 'VSCODE_CLIENT_ID:0123456789abcdef0123456789abcdef'];
    editor.signIn(scopes);
    assert.deepEqual((await silent(scopes))?.scopes, scopes);
  });

  for (const end of ['signOut', 'withdrawPermission'] as const) {
    it(`gives no token after ${end}, and says so`, async () => {
      editor.signIn(SCOPES);
      await session.getAccessToken();
      let events = 0;
      session.onDidChange(() => events++);
      editor[end]();
      assert.deepEqual([await session.isSignedIn(), events], [false, 1]);
    });
  }

  it('signs out with the command of Spotify Authentication', async () => {
    editor.signIn(SCOPES);
    await editor.commands.executeCommand('spotify-authentication.signOut');
    assert.equal(await silent(), undefined);
  });

  it('records commands, and rejects for those that Spotify Authentication does not have', async () => {
    const { executeCommand } = editor.commands;
    await executeCommand('extension.open', 'spotify-sdk.spotify-authentication');
    assert.deepEqual(editor.executed, [['extension.open', 'spotify-sdk.spotify-authentication']]);
    await assert.rejects(executeCommand('spotify-authentication.unknown'), /not found/);
    editor.isInstalled = false;
    await assert.rejects(executeCommand('spotify-authentication.signOut'), /not found/);
  });

  describe('for the app itself', () => {
    let app: SessionProvider;
    beforeEach(() => (app = createAuthProvider(editor, [], { providerId: 'spotify-app' })));
    afterEach(() => app.close());

    const search = async () => {
      const spotifyFetch = createFetch(app, { fetch: standIn.fetch });
      return (await spotifyFetch('https://api.spotify.com/v1/search?q=satie&type=track')).status;
    };

    it('asks once, and has a token without a user until a sign-out', async () => {
      let events = 0;
      app.onDidChange(() => events++);
      assert.equal(await app.isSignedIn(), false);
      assert.equal(await search(), 200);
      assert.deepEqual([await app.isSignedIn(), editor.dialogs, events], [true, [''], 1]);
      assert.equal(await session.isSignedIn(), false);
      editor.signOut();
      assert.deepEqual([await app.isSignedIn(), events], [false, 2]);
    });

    it('gets another token when Spotify refuses it, or when its time is over', async () => {
      assert.equal(await search(), 200);
      standIn.expireAccessTokens();
      assert.equal(await search(), 200);
      standIn.clock.advance(3600);
      assert.ok(await editor.authentication.getSession('spotify-app', [], { silent: true }));
      assert.equal(standIn.requests.count('token'), 3);
      assert.deepEqual(editor.dialogs, ['']);
    });

    it('rejects if the user declines, for scopes, and without a network', async () => {
      editor.answer = 'decline';
      await assert.rejects(app.getAccessToken(), NoSessionError);
      editor.answer = 'allow';
      const options = { createIfNone: true };
      const { getSession } = editor.authentication;
      await assert.rejects(getSession('spotify-app', SCOPES, options), /no scopes/);
      goOffline();
      await assert.rejects(app.getAccessToken(), /cannot be reached/);
      assert.equal(await app.isSignedIn(), false);
    });
  });

  it('refreshes a token that Spotify refuses, or whose time is over', async () => {
    editor.signIn(SCOPES);
    const { id, accessToken } = (await silent()) ?? {};
    standIn.expireAccessTokens();
    assert.equal(await topTracks(), 200);
    standIn.clock.advance(3600);
    const later = await silent();
    assert.equal(later?.id, id);
    assert.notEqual(later?.accessToken, accessToken);
    assert.equal(standIn.requests.count('token'), 2);
  });

  it('stays signed in without a network, and says what is missing', async () => {
    editor.signIn(SCOPES);
    const id = (await silent())?.id;
    goOffline();
    assert.equal(await session.isSignedIn(), true);
    await assert.rejects(topTracks(), TypeError);
    standIn.clock.advance(3600);
    await assert.rejects(silent(), /cannot be reached/);
    await editor.commands.executeCommand(REFRESH, id);
    standIn.faults.clear();
    assert.ok(await silent());
  });

  it('has no session any more when Spotify has ended it', async () => {
    editor.signIn(SCOPES);
    standIn.revoke('alva');
    assert.ok(await silent());
    standIn.clock.advance(3600);
    assert.equal(await silent(), undefined);
  });

  it('signs another user in if the extension lets the user choose, or demands an account', async () => {
    editor.signIn(SCOPES);
    const alva = (await silent())?.account;
    editor.userId = 'noor';
    await session.getAccessToken({ ask: { clearSessionPreference: true } });
    assert.equal((await silent())?.account.label, 'Noor Haddad');
    const ofAlva = createAuthProvider(editor, SCOPES, { account: alva });
    assert.equal(await ofAlva.isSignedIn(), false);
    await assert.rejects(ofAlva.getAccessToken(), NoSessionError);
    editor.userId = 'alva';
    await ofAlva.getAccessToken({ ask: { forceNewSession: true } });
    assert.deepEqual((await silent())?.account, alva);
  });

  it('lacks Spotify Authentication if a test wants it so', async () => {
    editor.isInstalled = false;
    assert.equal(await session.isSignedIn(), false);
    await assert.rejects(session.getAccessToken(), NotInstalledError);
  });

  it('can be a part of a larger module', async () => {
    const { authentication, commands } = editor;
    const vscode = { authentication, commands, window: {} };
    assert.ok(await createAuthProvider(vscode, SCOPES).getAccessToken());
  });

  it('is of a user whom the stand-in has', () => {
    assert.throws(() => standIn.editor('ida'), /ida/);
  });
});
