import assert from 'node:assert/strict';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor, HINT_MS } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

describe('a page of Spotify from which the browser never returns', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let settings: Settings;

  beforeEach(() => (settings = suite.use(new Settings())));

  const ask = (scopes: readonly string[] = SCOPES) =>
    suite.editor.window.provider.createSession(scopes);

  /** Tells the sign-in what the page says, once it offers that. */
  async function reportPage(label: string): Promise<void> {
    const { editor } = suite;
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose(label);
  }

  /** The query parameters of the `count`th page that the browser was opened with. */
  const query = async (count: number) =>
    Object.fromEntries(new URL(await suite.editor.page(count)).searchParams);

  it('is asked about after 15 seconds, and not before', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    const asked = ask();
    await editor.page();
    const always = ['Open the page again', 'Copy sign-in link', 'Paste the address'];
    await eventually(() => editor.progress.latest.links.length === always.length);
    assert.deepEqual(editor.progress.latest.links, always);
    await editor.hint();
    assert.deepEqual(editor.progress.latest.links, [
      'What does the page say?',
      'Try another way',
      ...always,
    ]);
    editor.progress.latest.cancel();
    await assert.rejects(asked);
  });

  it('is not asked about once the browser has returned', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    const page = await editor.page();
    await eventually(() => editor.timers.has(HINT_MS));
    await fetch(page);
    await asked;
    assert.equal(editor.timers.has(HINT_MS), false);
  });

  it('“Invalid redirect URI”: the redirect URI to register is copied, and the page can be opened again', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    const asked = ask();
    await reportPage('INVALID_CLIENT: Invalid redirect URI');
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

  it('“Invalid redirect URI”: the redirect URI of the settings is copied with its port', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    // Below the ports that systems give to outgoing connections.
    const uri = 'http://127.0.0.1:28454/callback';
    await settings.set('redirectUri', uri);
    const asked = ask();
    await reportPage('INVALID_CLIENT: Invalid redirect URI');
    await editor.messages.waitFor(/^http:\/\/127\.0\.0\.1:28454\/callback is copied\./);
    assert.equal(editor.outside.copied, uri);
    editor.progress.latest.cancel();
    await assert.rejects(asked);
  });

  it('“Invalid redirect URI” in the paste flow: the paste box opens again at once', async () => {
    const { app, editor } = suite;
    app.redirectUris = [];
    editor.window.moveTo({ signInFlow: 'paste' });
    const asked = ask();
    const page = await eventually(() => editor.outside.copied || undefined);
    await reportPage('INVALID_CLIENT: Invalid redirect URI');
    await editor.messages.waitFor(/ is copied\./);
    const box = await editor.inputs.box();
    app.redirectUris = ['http://127.0.0.1/callback'];
    box.type((await endOf(page)).href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('“Failed to get client”: the sign-in starts again with the corrected client ID, which is saved', async () => {
    const { app, editor } = suite;
    const { clientId } = app;
    await settings.set('clientId', 'mistyped');
    const asked = ask();
    await reportPage('INVALID_CLIENT: Invalid client / Failed to get client');
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

  it('“Failed to get client”: the sign-in goes on if the user closes the box', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    await reportPage('INVALID_CLIENT: Invalid client / Failed to get client');
    (await editor.inputs.box()).close();
    await fetch(await editor.page());
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(editor.window.opened.length, 1);
  });

  it('“Illegal scope”: the sign-in starts again without the unknown scope', async () => {
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

  it('“The page cannot be reached”: the user can paste its address', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    await reportPage('The page cannot be reached');
    const box = await editor.inputs.box();
    box.type((await endOf(await editor.page())).href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(editor.window.opened.length, 1);
  });

  for (const label of ['INVALID_CLIENT: Insecure redirect URI', 'Something else, or nothing']) {
    it(`“${label}”: the sign-in starts again with the flow that the user chooses`, async () => {
      const { app, editor } = suite;
      app.redirectUris.push('vscode://spotify-sdk.spotify-authentication/callback');
      editor.window.moveTo({ host: 'local', ui: 'desktop', uriScheme: 'vscode' });
      editor.window.browse = () => undefined;
      const asked = ask();
      await reportPage(label);
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

  it('can still complete the sign-in while the user is asked about it', async () => {
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
