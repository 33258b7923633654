import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AppEditor } from '../appEditor.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { integrationSuite } from '../suite.ts';
import { TestWindow } from '../testWindow.ts';

const REFUSED =
  /refuses to store what you have entered or agreed to\. If the editor runs in a browser/;
const BUTTONS = ['Try Again', 'Learn More', 'Diagnose'];

/** About `storeSession` in src/signIn/consents.ts, and src/appTokens/appSignIn.ts. */
describe('a sign-in that VS Code refuses to store', () => {
  const suite = integrationSuite({ ownApp: true, editor: ({ app }) => new AppEditor(app) });
  let page: Promise<string>;

  beforeEach(() => {
    const { window, storage } = suite.editor;
    storage.secrets.refusesWrites = true;
    window.browse = (url) => {
      page = fetch(url).then((answer) => answer.text());
    };
  });

  /** Has a sign-in fail, and returns its message. */
  async function fail() {
    const { editor } = suite;
    const asked = editor.window.provider.createSession(SCOPES);
    await assert.rejects(asked, vscode.CancellationError);
    return editor.messages.waitFor(REFUSED);
  }

  it('says so, with what mends it; the page in the browser says that the sign-in failed', async () => {
    const { editor } = suite;
    const { text, buttons } = await fail();
    assert.ok(text.startsWith(vscode.env.appName));
    assert.deepEqual(buttons, BUTTONS);
    assert.match(await page, /<h1>The sign-in failed<\/h1>/);
    assert.deepEqual(await editor.window.provider.getSessions(undefined), []);
    assert.deepEqual([editor.window.events, editor.messages.greetings], [[], []]);
  });

  it('is stored by Try Again without another consent, once VS Code stores secrets', async () => {
    const { editor, spotify } = suite;
    const message = await fail();
    editor.storage.secrets.refusesWrites = false;
    spotify.requests.clear();
    message.answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
    assert.deepEqual(
      spotify.requests.all.map(({ endpoint }) => endpoint),
      ['me'],
    );
    assert.equal(editor.storage.record().account.label, 'Alva Lind');
  });

  it('fails before the user has to agree, if VS Code does not give back the stored sessions', async () => {
    const { editor } = suite;
    editor.storage.secrets.refusesWrites = false;
    await suite.use(new TestWindow(editor.storage)).provider.createSession(SCOPES);
    editor.storage.secrets.readsToRefuse = Infinity;
    const asked = editor.window.provider.createSession(SCOPES);
    await assert.rejects(asked, vscode.CancellationError);
    const message = await editor.messages.waitFor(/^Signing in to Spotify failed\.$/);
    assert.deepEqual(message.buttons, ['Try Again', 'Diagnose', 'Show Log']);
    assert.deepEqual(editor.window.opened, []);
    message.answer('Try Again');
    await eventually(() => editor.messages.all.length === 2);
  });

  it('is the same for the client secret of an app', async () => {
    const { editor } = suite;
    await assert.rejects(editor.createSession(), vscode.CancellationError);
    const { buttons } = await editor.messages.waitFor(REFUSED);
    assert.deepEqual(buttons, BUTTONS);
  });
});
