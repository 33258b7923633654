import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { LOOPBACK, NewcomerEditor } from '../newcomerEditor.ts';
import { TestWindow } from '../testWindow.ts';
import { integrationSuite } from '../suite.ts';

const LINK = 'vscode://spotify-sdk.spotify-authentication/callback';
const RELAY = 'https://vscode.dev/redirect';
const DASHBOARD = 'https://developer.spotify.com/dashboard';
const { Back } = vscode.QuickInputButtons;

/** About src/setUp/clientIdSetUp.ts and the steps beside it. */
describe('the set-up of the client ID, in a sign-in without a client ID', () => {
  const suite = integrationSuite({ editor: ({ spotify }) => NewcomerEditor.open(spotify) });

  afterEach(() => assert.deepEqual(suite.spotify.faults.waiting, []));

  const ask = (window = suite.editor.window) => suite.editor.signIn(window);
  const askUpToClientId = () => suite.editor.signInUpToClientId();

  it('explains each step, goes on to the sign-in, and saves the client ID after it', async () => {
    const { editor } = suite;
    const { app, settings, steps } = editor;
    editor.window.browse = () => undefined;
    const asked = ask();
    const first = await steps.app();
    assert.equal(
      first.placeholder,
      'A Spotify app can serve only five users, so you need your own',
    );
    assert.match(first.details.join(), /Spotify Premium.*one of its listed users/);
    first.choose('I Have an App');
    const second = await steps.redirectUris();
    assert.deepEqual(second.labels, [LOOPBACK, LINK, RELAY, 'Continue']);
    second.choose('Continue');
    const third = await editor.inputs.box();
    assert.match(third.prompt ?? '', /You do not need the client secret/);
    assert.equal(third.value, '');
    const numbers = [first, second, third].map(({ step, totalSteps }) => [step, totalSteps]);
    assert.deepEqual(numbers, [
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    third.type(` ${app.clientId}\n`);
    assert.equal(third.validationMessage, undefined);
    third.accept();
    const page = await editor.page();
    assert.equal(new URL(page).searchParams.get('client_id'), app.clientId);
    assert.equal(settings.get('clientId'), undefined, 'saved before a sign-in has proved it right');
    await fetch(page);
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(settings.get('clientId'), app.clientId);
    assert.equal(editor.storage.memory.get('setUp'), undefined);
    assert.deepEqual([editor.outside.opened, editor.outside.copied], [[], '']);
  });

  it('opens the dashboard, and shows the redirect URIs when the user returns', async () => {
    const { editor } = suite;
    const { steps } = editor;
    const asked = ask();
    (await steps.app()).choose('Open the Spotify Dashboard');
    const list = await steps.redirectUris();
    assert.deepEqual(editor.outside.opened, [DASHBOARD]);
    assert.equal(list.ignoreFocusOut, true);
    list.press('Open the Spotify Dashboard');
    await eventually(() => editor.outside.opened.length === 2);
    assert.ok(list.isOpen);
    list.choose('Continue');
    const box = await editor.inputs.box();
    box.press('Open the Spotify Dashboard');
    await eventually(() => editor.outside.opened.length === 3);
    assert.ok(box.isOpen);
    box.close();
    await assert.rejects(asked, vscode.CancellationError);
  });

  it('copies a redirect URI by its button and by Enter, and says so', async () => {
    const { editor } = suite;
    const { steps } = editor;
    const asked = ask();
    (await steps.app()).choose('I Have an App');
    const list = await steps.redirectUris();
    list.choose(LOOPBACK);
    await eventually(() => editor.outside.copied === LOOPBACK);
    await eventually(() => list.details[0] === 'Copied. The browser returns to this computer.');
    for (const uri of [LINK, RELAY, LOOPBACK]) {
      list.pressItem(uri, `Copy ${uri}`);
      await eventually(() => editor.outside.copied === uri);
      await eventually(() => list.activeItems[0]?.label === uri);
    }
    const copied = list.details.map((detail) => detail?.split('Copied. ').length);
    assert.deepEqual(copied, [2, 2, 2, 1]);
    list.close();
    await assert.rejects(asked, vscode.CancellationError);
  });

  it('lists only the redirect URI of the settings if there is one', async () => {
    const { settings, steps } = suite.editor;
    await settings.set('redirectUri', 'http://127.0.0.1:8914/callback');
    const asked = ask();
    (await steps.app()).choose('I Have an App');
    const list = await steps.redirectUris();
    assert.deepEqual(list.labels, ['http://127.0.0.1:8914/callback', 'Continue']);
    list.close();
    await assert.rejects(asked, vscode.CancellationError);
  });

  it('goes back, and keeps the typed text', async () => {
    const { editor } = suite;
    const { steps } = editor;
    const { asked, box } = await askUpToClientId();
    box.type('0123');
    box.press(Back);
    (await steps.redirectUris()).press(Back);
    (await steps.app()).choose('I Have an App');
    (await steps.redirectUris()).choose('Continue');
    const again = await editor.inputs.box();
    assert.equal(again.value, '0123');
    again.close();
    await assert.rejects(asked, vscode.CancellationError);
  });

  it('resumes at the step where the user closed it, with the typed text, also in another window', async () => {
    const { editor } = suite;
    const { app, steps } = editor;
    const first = ask();
    (await steps.app()).choose('Open the Spotify Dashboard');
    (await steps.redirectUris()).close();
    await assert.rejects(first, vscode.CancellationError);
    const second = ask();
    (await steps.redirectUris()).choose('Continue');
    const box = await editor.inputs.box();
    box.type(app.clientId.slice(0, 9));
    box.close();
    await assert.rejects(second, vscode.CancellationError);
    using next = new TestWindow(editor.storage);
    const third = ask(next);
    const resumed = await editor.inputs.box();
    assert.equal(resumed.value, app.clientId.slice(0, 9));
    assert.match(resumed.complaint, /does not look like a client ID/);
    resumed.type(app.clientId);
    resumed.accept();
    assert.equal((await third).account.label, 'Alva Lind');
    assert.deepEqual(editor.messages.texts, []);
  });

  it('resumes at the last step, with the typed text, after a failed sign-in', async () => {
    const { editor } = suite;
    const { app, settings } = editor;
    editor.window.browse = () => undefined;
    const { asked, box } = await askUpToClientId();
    box.type(app.clientId);
    box.accept();
    await editor.page();
    editor.progress.latest.cancel();
    await assert.rejects(asked, vscode.CancellationError);
    const again = ask();
    const resumed = await editor.inputs.box();
    assert.equal(resumed.value, app.clientId);
    assert.equal(settings.get('clientId'), undefined);
    resumed.close();
    await assert.rejects(again, vscode.CancellationError);
  });
});
