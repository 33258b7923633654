import assert from 'node:assert/strict';
import { endpointsAt } from '../../../src/auth/endpoints.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { FOREIGN_LOOPBACK, type Spotify, startSpotify } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { itemsOf, watchReports } from '../diagnosedEditor.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { resetSpotify } from '../standIn.ts';
import { integrationSuite } from '../suite.ts';
import { TestWindow } from '../testWindow.ts';

/** About src/node/serverSecrets.ts and the label in src/common/testServer.ts. */
describe('a window with a test server, beside a window with Spotify', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let other: Spotify;
  let window: TestWindow;

  before(async () => (other = await startSpotify({ host: FOREIGN_LOOPBACK })));
  after(() => other.close());
  beforeEach(() => {
    resetSpotify(other);
    other.addApp(suite.app);
    window = suite.use(openWithTestServer());
  });

  const openWithTestServer = (): TestWindow =>
    new TestWindow(suite.editor.storage, {
      accounts: endpointsAt(other.accountsUrl),
      apiUrl: other.apiUrl,
      testServer: other.accountsUrl,
    });

  const accessTokens = (spotify: Spotify) => [...spotify.tokens.accessTokens.keys()];
  const labels = async (of: TestWindow) =>
    (await of.provider.getSessions(undefined, {})).map(({ account }) => account.label);

  /** Asserts that no request to this server contained a token or a secret of the other one. */
  function assertSentNothingOf(foreign: Spotify, to: Spotify): void {
    const { accessTokens, refreshTokens } = foreign.tokens;
    const secrets = [...accessTokens.keys(), ...refreshTokens.keys(), suite.app.clientSecret];
    const requests = JSON.stringify(
      to.requests.all.map(({ form, headers }) => [[...form], headers]),
    );
    for (const secret of secrets) assert.ok(!requests.includes(secret));
  }

  it('neither sends, lists, changes nor removes its sessions, and both keep one of the same account', async () => {
    const { spotify, editor } = suite;
    // A token for 30 s counts as expired at the next request.
    spotify.behaviour.expiresIn = 30;
    const ofSpotify = await editor.window.provider.createSession(SCOPES);
    const record = () => editor.storage.secrets.stored.get(`session:${ofSpotify.id}`);
    const before = record();
    const events = editor.window.events.length;

    assert.deepEqual(await labels(window), []);
    assert.deepEqual(await window.provider.getSessions(SCOPES), []);
    await window.provider.removeSession(ofSpotify.id);
    const ofTestServer = await window.provider.createSession(SCOPES);
    assert.deepEqual(ofTestServer.account, {
      id: ofSpotify.account.id,
      label: 'Alva Lind (test server)',
    });
    assert.notEqual(ofTestServer.id, ofSpotify.id);
    assert.deepEqual(await labels(window), ['Alva Lind (test server)']);
    assertSentNothingOf(spotify, other);
    assert.ok(before !== undefined && record() === before);

    // The window with Spotify has noticed nothing, and refreshes its own session.
    assert.deepEqual(await labels(editor.window), ['Alva Lind']);
    assert.equal(editor.window.events.length, events);
    spotify.behaviour.expiresIn = 3600;
    const [refreshed] = await editor.window.provider.getSessions(SCOPES);
    assert.equal(refreshed?.id, ofSpotify.id);
    assert.ok(accessTokens(spotify).includes(refreshed.accessToken));
    await editor.window.provider.removeSession(ofTestServer.id);
    assertSentNothingOf(other, spotify);

    // Both sessions survive a restart, each in the windows with its server.
    using restarted = openWithTestServer();
    const [kept] = await restarted.provider.getSessions(SCOPES);
    assert.equal(kept?.accessToken, ofTestServer.accessToken);
    assert.deepEqual(await labels(restarted), ['Alva Lind (test server)']);
  });

  it('keeps a client secret of its own for the same client ID, and gets tokens of its own', async () => {
    const { spotify, editor, app } = suite;
    const sessionsOf = (one: TestWindow) => one.context.appProvider;
    const enter = async (one: TestWindow, secret: string) => {
      const creating = sessionsOf(one).createSession([]);
      const box = await eventually(() => editor.inputs.box());
      box.type(secret);
      box.accept();
      return creating;
    };
    const secretOfTestServer = 'a'.repeat(32);
    other.addApp({ ...app, clientSecret: secretOfTestServer });
    await enter(editor.window, app.clientSecret);
    assert.deepEqual(await sessionsOf(window).getSessions([]), []);
    assert.deepEqual(other.requests.all, []);

    const ofTestServer = await enter(window, secretOfTestServer);
    const label = `${app.clientId.slice(0, 8)}… (test server)`;
    assert.equal(ofTestServer.account.label, label);
    assertSentNothingOf(spotify, other);
    const [ofSpotify] = await sessionsOf(editor.window).getSessions([]);
    assert.ok(accessTokens(spotify).includes(String(ofSpotify?.accessToken)));
    await sessionsOf(window).removeSession(ofTestServer.id);
    assert.equal((await sessionsOf(editor.window).getSessions(undefined)).length, 1);
    assert.deepEqual(await sessionsOf(window).getSessions(undefined), []);
  });

  it('reports a loss of secrets to the windows of the server that has lost them', async () => {
    const { editor } = suite;
    await editor.window.provider.createSession(SCOPES);
    editor.storage.secrets.stored.clear();
    const lost = (one: TestWindow) =>
      new Promise((resolve) => {
        one.store.watch({
          storageLost: () => resolve('lost'),
          loaded: () => setImmediate(resolve),
        });
        void one.store.all();
      });
    using restarted = openWithTestServer();
    assert.equal(await lost(restarted), undefined);
    using withSpotify = new TestWindow(editor.storage);
    assert.equal(await lost(withSpotify), 'lost');
  });

  it('says in Diagnose that a test server takes the place of Spotify', async () => {
    const opened = watchReports();
    await diagnose(window.context);
    const text = opened();
    assert.match(
      String(itemsOf(text, 'Findings')[0]),
      /^A test server takes the place of Spotify, .* remove the environment variable SPOTIFY_SDK_ACC/,
    );
  });
});
