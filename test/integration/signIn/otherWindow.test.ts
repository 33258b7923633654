import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { signIn } from '../../../src/commands/signIn.ts';
import { SCOPES } from '../asConsumer.ts';
import { Environment } from '../environment.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { SetUpSteps } from '../setUpSteps.ts';
import { TestWindow } from '../testWindow.ts';
import { integrationSuite } from '../suite.ts';

/** About src/signIn/answeringSession.ts. */
describe('a sign-in that runs while another window signs in', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  let other: TestWindow;

  beforeEach(() => {
    other = suite.use(new TestWindow(suite.editor.storage));
    suite.editor.window.browse = () => undefined;
  });

  const provider = () => suite.editor.window.provider;
  const consents = () => suite.spotify.requests.count('authorize');

  /** Asks for a session, as VS Code does first, then signs in until Spotify’s page is open. */
  async function begin(scopes = SCOPES, options = {}) {
    await provider().getSessions(scopes, options);
    const asked = provider().createSession(scopes, options);
    await suite.editor.page();
    return asked;
  }

  /** Expects that the sign-in still waits, and completes it in its own browser. Returns its session. */
  async function completes<T>(asked: Promise<T>, user: string): Promise<T> {
    await suite.editor.window.store.all();
    assert.ok(suite.editor.window.running);
    suite.spotify.behaviour.consent = { agreeAs: user };
    await fetch(String(suite.editor.window.opened[0]));
    return asked;
  }

  for (const [what, scopes] of [
    ['the same scopes', SCOPES],
    ['more scopes', [...SCOPES, 'user-top-read']],
  ] as const) {
    it(`ends with the session of the other window, if that is for ${what}`, async () => {
      const { editor } = suite;
      const asked = begin();
      await editor.page();
      const { id, accessToken } = await other.provider.createSession(scopes);
      const session = await asked;
      assert.deepEqual([session.id, session.accessToken], [id, accessToken]);
      assert.deepEqual(session.scopes, SCOPES);
      assert.equal(consents(), 1);
      await eventually(() => editor.progress.all.every(({ isOver }) => isOver));
      assert.equal(editor.window.running, undefined);
      const port = new URL(editor.window.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
      while (await fetch(port).then(Boolean, () => false));
      assert.deepEqual(editor.messages.texts, []);
      assert.equal(editor.storage.records().length, 1);
    });
  }

  it('ends while Spotify does not answer its own', async () => {
    const { editor, spotify } = suite;
    spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
    editor.window.browse = (url) => void fetch(url).catch(() => undefined);
    const asked = begin();
    await eventually(() => spotify.requests.count('token') > 0);
    const { id } = await other.provider.createSession(SCOPES);
    assert.equal((await asked).id, id);
  });

  it('is cancelled if that window signs the same session out while it is stored', async () => {
    const { storage } = suite.editor;
    const { id } = await other.provider.createSession(SCOPES);
    const secrets = storage.secrets.window();
    const store: typeof secrets.store = async (key, value) => {
      await other.provider.removeSession(id);
      return secrets.store(key, value);
    };
    const shared = { folder: storage.folder, memory: storage.memory };
    const window = suite.use(
      new TestWindow({
        ...shared,
        record: () => storage.record(),
        secrets: { window: () => ({ ...secrets, store }) },
      }),
    );
    await assert.rejects(window.provider.createSession(SCOPES), vscode.CancellationError);
    assert.deepEqual(storage.records(), []);
  });

  it('ends while it asks for the client ID', async () => {
    const { editor } = suite;
    const environment = suite.use(new Environment());
    const { SPOTIFY_SDK_CLIENT_ID: clientId } = process.env;
    environment.set('SPOTIFY_SDK_CLIENT_ID', undefined);
    await provider().getSessions(SCOPES);
    const asked = provider().createSession(SCOPES);
    const step = await new SetUpSteps(editor.inputs).app();
    environment.set('SPOTIFY_SDK_CLIENT_ID', clientId);
    const { id } = await other.provider.createSession(SCOPES);
    assert.equal((await asked).id, id);
    await eventually(() => !step.isOpen);
  });

  it('goes on if it is for more scopes', async () => {
    const asked = begin([...SCOPES, 'user-top-read']);
    await suite.editor.page();
    const { id } = await other.provider.createSession(SCOPES);
    assert.notEqual((await completes(asked, 'alva')).id, id);
  });

  it('goes on if it is for another account', async () => {
    const { spotify } = suite;
    const account = { id: spotify.users.get('noor')?.accountId ?? '', label: 'Noor Haddad' };
    const asked = begin(SCOPES, { account });
    await suite.editor.page();
    await other.provider.createSession(SCOPES);
    assert.deepEqual((await completes(asked, 'noor')).account, account);
  });

  it('goes on if VS Code has found a session before, so that the user wants a new one', async () => {
    const { spotify } = suite;
    await other.provider.createSession(SCOPES);
    const asked = begin();
    await suite.editor.page();
    await other.provider.createSession(SCOPES);
    assert.equal((await completes(asked, 'noor')).account.label, 'Noor Haddad');
    assert.equal(spotify.requests.count('authorize'), 3);
  });

  it('is joined by an extension of its own window that a stored session would do for', async () => {
    const { editor, spotify } = suite;
    const signingIn = signIn(editor.window.context);
    const page = await editor.page();
    const scopes = (new URL(page).searchParams.get('scope') ?? '').split(' ').filter(Boolean);
    await provider().getSessions(scopes);
    const asked = provider().createSession(scopes);
    spotify.behaviour.consent = { agreeAs: 'noor' };
    await fetch(page);
    await signingIn;
    assert.equal((await asked).account.label, 'Noor Haddad');
    assert.equal(consents(), 1);
  });

  it('goes on if the user has begun it in the palette', async () => {
    const { editor } = suite;
    const signingIn = signIn(editor.window.context);
    await editor.page();
    await other.provider.createSession(SCOPES);
    await completes(signingIn, 'noor');
    const labels = editor.storage.records().map(({ account }) => account.label);
    assert.deepEqual(labels.sort(), ['Alva Lind', 'Noor Haddad']);
  });
});
