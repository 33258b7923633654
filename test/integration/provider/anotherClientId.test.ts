import assert from 'node:assert/strict';
import type { App } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { SetUpSteps } from '../setUpSteps.ts';
import { TestWindow } from '../testWindow.ts';
import { integrationSuite } from '../suite.ts';

const OFFER = /^The configured client ID is now /;
const LOST = /^Spotify no longer knows the client ID/;

/** About src/provider/sessionNotices.ts and src/sessions/sessionRefresher.ts. */
describe('another client ID in the settings', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let settings: Settings;
  let newApp: App;
  let id: string;

  beforeEach(async () => {
    const { spotify, editor } = suite;
    settings = suite.use(new Settings());
    // A token for 30 s counts as expired at the next request, so that request refreshes it.
    spotify.behaviour.expiresIn = 30;
    ({ id } = await editor.window.provider.createSession(SCOPES));
    newApp = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
  });

  /** Enters the client ID in the settings. A window hears of it as `register` arranges. */
  async function change(app: App, windows: readonly TestWindow[]): Promise<void> {
    await settings.set('clientId', app.clientId);
    await hear(windows);
  }

  async function hear(windows: readonly TestWindow[]): Promise<void> {
    for (const { context, store } of windows) {
      context.notices.clientChanged();
      await store.list();
    }
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(windows.map((window) => window.allMessagesShown()));
  }

  const ask = (of = suite.editor.window) => of.provider.getSessions(SCOPES);
  const clientIds = () => suite.editor.storage.records().map(({ client }) => client.id);
  const offers = () =>
    suite.editor.messages.texts.filter((text) =>
      text.startsWith('The configured client ID is now'),
    );

  it('is offered once, in one window and at the next start; the sessions answer until the sign-in', async () => {
    const { editor, app, spotify } = suite;
    using other = new TestWindow(editor.storage);
    await change(newApp, [editor.window, other]);
    const offer = await editor.messages.waitFor(OFFER);
    assert.ok(offer.text.includes(`now ${newApp.clientId.slice(0, 6)}…`));
    assert.deepEqual(offer.buttons, ['Sign In Again']);
    assert.deepEqual(
      (await ask()).map((session) => session.id),
      [id],
    );
    using restarted = new TestWindow(editor.storage);
    await ask(restarted);
    await restarted.allMessagesShown();
    assert.equal(offers().length, 1);

    assert.deepEqual(clientIds(), [app.clientId]);
    spotify.behaviour.expiresIn = 3600;
    offer.answer('Sign In Again');
    await eventually(() => clientIds().includes(newApp.clientId));
    assert.deepEqual(spotify.requests.to('authorize').at(-1)?.query.get('scope'), SCOPES.join(' '));
    // The window may see the record later than the storage has it.
    while ((await ask())[0]?.id === id);
  });

  it('is offered if it was changed while no window was open', async () => {
    const { editor } = suite;
    await settings.set('clientId', newApp.clientId);
    using restarted = new TestWindow(editor.storage);
    await ask(restarted);
    await editor.messages.waitFor(OFFER);
  });

  it('is offered again if it was used and then changed twice', async () => {
    const { editor, app, spotify } = suite;
    const { window } = editor;
    await change(newApp, [window]);
    await window.provider.createSession(SCOPES);
    await change(newApp, [window]);
    await window.provider.removeSession(String(editor.storage.records().at(-1)?.id));
    const third = spotify.addApp({ redirectUris: [] });
    await change(third, [window]);
    await change(newApp, [window]);
    assert.equal(offers().length, 3);
    assert.ok(clientIds().includes(app.clientId));
  });

  it('is used by the next sign-in after Spotify has forgotten the app of a session', async () => {
    const { editor, app, spotify } = suite;
    await change(newApp, [editor.window]);
    spotify.apps.delete(app.clientId);
    assert.deepEqual(await ask(), []);
    const { text, buttons } = await editor.messages.waitFor(LOST);
    assert.ok(text.includes(`client ID ${app.clientId.slice(0, 6)}…`));
    assert.deepEqual(buttons, ['Sign In Again']);
    spotify.behaviour.expiresIn = 3600;
    const session = await editor.window.provider.createSession(SCOPES);
    assert.deepEqual(clientIds(), [newApp.clientId]);
    assert.deepEqual(
      (await ask()).map((one) => one.id),
      [session.id],
    );
  });

  it('is used by Sign In Again after Spotify has forgotten the app of a session', async () => {
    const { editor, app, spotify } = suite;
    await change(newApp, [editor.window]);
    spotify.apps.delete(app.clientId);
    assert.deepEqual(await ask(), []);
    spotify.behaviour.expiresIn = 3600;
    (await editor.messages.waitFor(LOST)).answer('Sign In Again');
    await eventually(() => clientIds().join() === newApp.clientId);
  });

  it('is used by Sign In Again for each account of the app that Spotify has forgotten', async () => {
    const { editor, app, spotify } = suite;
    spotify.behaviour.consent = { agreeAs: 'noor' };
    spotify.behaviour.expiresIn = 3600;
    await editor.window.provider.createSession(SCOPES);
    await change(newApp, [editor.window]);
    spotify.apps.delete(app.clientId);
    // Only Alva’s token has expired.
    assert.equal((await ask()).length, 1);
    const users = ['alva', 'noor'];
    editor.window.browse = (url) => {
      spotify.behaviour.consent = { agreeAs: users.shift() ?? '' };
      void fetch(url);
    };
    (await editor.messages.waitFor(LOST)).answer('Sign In Again');
    const renewed = () => clientIds().filter((one) => one === newApp.clientId).length;
    await eventually(() => renewed() === 2);
    assert.equal(
      editor.messages.texts.filter((text) =>
        text.startsWith('Spotify no longer knows the client ID'),
      ).length,
      1,
    );
  });

  it('is not offered if the set-up has saved it, because a sign-in follows', async () => {
    const { editor } = suite;
    const changing = editor.window.context.environment.setUp.change();
    const box = await new SetUpSteps(editor.inputs).toClientId();
    box.type(newApp.clientId);
    box.accept();
    assert.equal(await changing, newApp.clientId);
    await hear([editor.window]);
    assert.deepEqual(offers(), []);
  });
});
