import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { agreeAs, Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const FIXED = 'http://127.0.0.1:8914/callback';
const PASTE_TITLE = 'Sign In to Spotify: Paste the Address';
const GREETING = 'Spotify knows you as Alva Lind.';

describe('a sign-in comes back', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  /** An editor for an app that is registered with `FIXED` alone. */
  async function openWithFixedPort(): Promise<void> {
    const settings = { 'spotify-authentication.redirectUri': FIXED };
    editor = await Fixture.open({ settings });
    const [app] = editor.spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [FIXED];
  }

  /** Opens the copied link in another tab, agrees there, and pastes where it ends. */
  async function pasteAnswer(): Promise<void> {
    const { workbench, context } = editor;
    const elsewhere = await context.newPage();
    await elsewhere.goto(await workbench.clipboard());
    const address = await editor.agreeInVain(elsewhere, 'Alva Lind');
    await workbench.page.bringToFront();
    await workbench.quickInput.fill(address);
    await workbench.quickInput.accept();
  }

  it('by the fixed port of the settings', async () => {
    await openWithFixedPort();
    const tab = await editor.openConsentPage();
    assert.equal(new URL(tab.url()).searchParams.get('redirect_uri'), FIXED);
    await agreeAs(tab, 'Alva Lind');
    await editor.workbench.notifications.waitFor(GREETING);
  });

  it('by pasting, offered where another program has the port', async () => {
    await openWithFixedPort();
    const { workbench } = editor;
    const other = createServer().listen(8914, '127.0.0.1');
    try {
      await workbench.runCommand(SHOW_PROFILE);
      await workbench.dialog.clickButton('Allow');
      await workbench.dialog.waitFor('Port 8914 of this computer is used by another program');
      assert.equal(editor.spotify.requests.count('authorize'), 0, 'the browser was opened');
      await workbench.dialog.clickButton('Paste the address');
      await workbench.quickInput.waitForTitle(PASTE_TITLE);
    } finally {
      // What it would answer is of no interest; the address is pasted as it is.
      await new Promise((resolve) => other.close(resolve));
    }
    await pasteAnswer();
    await workbench.notifications.waitFor(GREETING);
  });

  it('by pasting alone, where the settings say so', async () => {
    const settings = { 'spotify-authentication.signInFlow': 'paste' };
    editor = await Fixture.open({ settings });
    const { workbench } = editor;
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.dialog.clickButton('Allow');
    await workbench.quickInput.waitForTitle(PASTE_TITLE);
    await workbench.quickInput.fill('http://127.0.0.1/callback?code=AQx&state=another');
    await workbench.quickInput.waitForMessage('That address belongs to another sign-in.');
    await pasteAnswer();
    await workbench.notifications.waitFor(GREETING);
    const [asked] = editor.spotify.requests.to('authorize');
    assert.match(
      String(asked?.query.get('redirect_uri')),
      /^http:\/\/127\.0\.0\.1:\d{5}\/callback$/,
    );
  });

  it('by pasting what it would have got by itself, from the progress', async () => {
    editor = await Fixture.open();
    const { workbench, spotify } = editor;
    const tab = await editor.openConsentPage();
    await workbench.page.bringToFront();
    await workbench.notifications.clickLink('Signing in to Spotify', 'Paste its address');
    await workbench.quickInput.waitForTitle(PASTE_TITLE);
    const link = await workbench.clipboard();
    assert.equal(link, tab.url());

    // On another device, where nothing answers at this address.
    spotify.behaviour.consent = { agreeAs: 'alva' };
    const { headers } = await fetch(link, { redirect: 'manual' });
    await workbench.quickInput.fill(headers.get('location') ?? '');
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor(GREETING);
  });

  it('by itself, where the link is copied from VS Code’s question', async () => {
    editor = await Fixture.open();
    const { workbench, context } = editor;
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.dialog.clickButton('Allow');
    await workbench.dialog.waitFor('external website');
    await workbench.dialog.clickButton('Copy');
    await workbench.notifications.waitFor('waiting for your browser');
    const elsewhere = await context.newPage();
    await elsewhere.goto(await workbench.clipboard());
    await elsewhere.bringToFront();
    await agreeAs(elsewhere, 'Alva Lind');
    await workbench.page.bringToFront();
    await workbench.notifications.waitFor(GREETING);
  });
});
