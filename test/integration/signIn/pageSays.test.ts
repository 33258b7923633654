import assert from 'node:assert/strict';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor, HINT_MS } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

describe('a page of Spotify’s that never comes back', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let settings: Settings;

  beforeEach(() => (settings = suite.use(new Settings())));

  const ask = (scopes: readonly string[] = SCOPES) =>
    suite.editor.window.provider.createSession(scopes);

  /** Says what the page says, once it has been there for long. */
  async function say(label: string): Promise<void> {
    const { editor } = suite;
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose(label);
  }

  /** The parameters of the page that was opened as the `count`th. */
  const query = async (count: number) =>
    Object.fromEntries(new URL(await suite.editor.page(count)).searchParams);

  it('is asked about after a while, and not before', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    const asked = ask();
    await editor.page();
    assert.deepEqual(editor.progress.latest.links, ['Copy sign-in link', 'Paste the address']);
    await editor.hint();
    assert.deepEqual(editor.progress.latest.links, [
      'What does the page say?',
      'Try another way',
      'Copy sign-in link',
      'Paste the address',
    ]);
    editor.progress.latest.cancel();
    await assert.rejects(asked);
  });

  it('is not asked about once the answer is there', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    const page = await editor.page();
    await eventually(() => editor.timers.has(HINT_MS));
    await fetch(page);
    await asked;
    assert.equal(editor.timers.has(HINT_MS), false);
  });

  it('“Invalid redirect URI”: what to register is copied, and the page opened again', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    const asked = ask();
    await say('INVALID_CLIENT: Invalid redirect URI');
    const uri = 'http://127.0.0.1/callback';
    const message = await editor.messages.waitFor(/^http:\/\/127\.0\.0\.1\/callback is copied\./);
    assert.equal(editor.outside.copied, uri);
    message.answer('Open Spotify Dashboard');
    const again = await eventually(() => editor.messages.all[1]);
    assert.deepEqual(editor.outside.opened, ['https://developer.spotify.com/dashboard']);
    app.redirectUris = [uri];
    again.answer('Open the Page Again');
    const page = await eventually(() => editor.outside.opened[1]);
    assert.equal(page, await editor.page());
    await fetch(page);
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('“Invalid redirect URI”: it is the one of the settings, port and all', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    const uri = 'http://127.0.0.1:45454/callback';
    await settings.set('redirectUri', uri);
    const asked = ask();
    await say('INVALID_CLIENT: Invalid redirect URI');
    await editor.messages.waitFor(/^http:\/\/127\.0\.0\.1:45454\/callback is copied\./);
    assert.equal(editor.outside.copied, uri);
    editor.progress.latest.cancel();
    await assert.rejects(asked);
  });

  it('“Invalid redirect URI” from a sign-in by paste: its box is there again at once', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    editor.window.moveTo({ signInFlow: 'paste' });
    const asked = ask();
    const page = await eventually(() => editor.outside.copied || undefined);
    await say('INVALID_CLIENT: Invalid redirect URI');
    await editor.messages.waitFor(/ is copied\./);
    const box = await editor.inputs.box();
    app.redirectUris = ['http://127.0.0.1/callback'];
    box.type((await endOf(page)).href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('“Failed to get client”: it starts over with the one that is corrected, which is kept', async () => {
    const { app, editor } = suite;
    const { clientId } = app;
    await settings.set('clientId', 'mistyped');
    const asked = ask();
    await say('INVALID_CLIENT: Invalid client / Failed to get client');
    const box = await editor.inputs.box();
    assert.equal(box.value, 'mistyped');
    box.type(` ${clientId}\n`);
    assert.equal(settings.get('clientId'), 'mistyped');
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    const [before, after] = [await query(1), await query(2)];
    assert.deepEqual([before['client_id'], after['client_id']], ['mistyped', clientId]);
    assert.notEqual(before['state'], after['state']);
    assert.equal(settings.get('clientId'), clientId);
    await assert.rejects(fetch(before['redirect_uri'] ?? ''), TypeError);
  });

  it('“Illegal scope”: it starts over without the one that Spotify does not know', async () => {
    const { editor } = suite;
    const asked = ask(['user-read-private', 'no-such-scope']);
    (await editor.messages.waitFor(/no-such-scope/)).answer('Ask Anyway');
    await editor.page();
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose('Illegal scope');
    const pick = await eventually(() => {
      const { open } = editor.inputs;
      return open && 'ticked' in open && open.labels.includes('no-such-scope') && open;
    });
    assert.deepEqual(pick.ticked, ['no-such-scope']);
    pick.choose('no-such-scope');
    assert.deepEqual((await asked).scopes, ['user-read-private', 'no-such-scope']);
    assert.equal((await query(2))['scope'], 'user-read-private');
    assert.deepEqual(editor.storage.record().scopes, ['user-read-private']);
  });

  it('“The page cannot be reached”: its address can be pasted', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    await say('The page cannot be reached');
    const box = await editor.inputs.box();
    box.type((await endOf(await editor.page())).href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(editor.window.opened.length, 1);
  });

  for (const label of ['INVALID_CLIENT: Insecure redirect URI', 'Something else, or nothing']) {
    it(`“${label}”: another way can be chosen, which starts over`, async () => {
      const { app, editor } = suite;
      app.redirectUris.push('vscode://spotify-sdk.spotify-authentication/callback');
      editor.window.moveTo({ host: 'local', ui: 'desktop', uriScheme: 'vscode' });
      editor.window.browse = () => undefined;
      const asked = ask();
      await say(label);
      const pick = await eventually(() => {
        const { open } = editor.inputs;
        return open && 'ticked' in open && open.labels.includes('Paste the address') && open;
      });
      assert.match(pick.title, /^How Should the Browser Return to /);
      assert.equal(pick.labels.length, 3);
      pick.choose('Paste the address');
      const box = await editor.inputs.box();
      const { redirect_uri: first = '' } = await query(1);
      await assert.rejects(fetch(first), TypeError);
      box.type((await endOf(editor.outside.copied)).href);
      box.accept();
      assert.equal((await asked).account.label, 'Alva Lind');
    });
  }

  it('is waited for still while the person is asked about it', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    await editor.hint();
    editor.click('What does the page say?');
    const pick = await editor.inputs.pick();
    await fetch(await editor.page());
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(pick.isOpen, false);
  });
});
