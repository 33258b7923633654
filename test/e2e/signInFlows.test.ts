import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { agreeAs, Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const FIXED = 'http://127.0.0.1:8914/callback';
const PASTE_TITLE = 'Sign In to Spotify: Paste the Address';
const GREETING = 'Spotify knows you as Alva Lind.';

/** About src/flows/loopbackFlow.ts, src/flows/pasteFlow.ts and src/signIn/copiedLink.ts. */
describe('a sign-in ends', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  /** Opens an editor for an app that lists only the redirect URI `FIXED`. */
  async function openWithFixedPort(): Promise<void> {
    const settings = { 'spotify-authentication.redirectUri': FIXED };
    editor = await Fixture.open({ settings });
    const [app] = editor.spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [FIXED];
  }

  /** Signs out, closes the toast, and clears the log of requests. */
  async function signOut(): Promise<void> {
    await editor.signOut('Alva Lind');
    await editor.workbench.notifications.close(GREETING);
    editor.spotify.requests.clear();
  }

  /** Agrees on another device, whose browser cannot open the redirect URI, and pastes its address. */
  async function pasteFromElsewhere(link: string): Promise<void> {
    const { quickInput } = editor.workbench;
    await quickInput.fill(await editor.agreeElsewhere(link));
    await quickInput.accept();
  }

  it('by the fixed port of the settings, and by pasting if another program uses the port', async () => {
    await openWithFixedPort();
    const { workbench, spotify } = editor;
    const tab = await editor.openConsentPage();
    assert.equal(new URL(tab.url()).searchParams.get('redirect_uri'), FIXED);
    await agreeAs(tab, 'Alva Lind');
    await workbench.page.bringToFront();
    await workbench.notifications.waitFor(GREETING);
    await signOut();

    const other = await listenOn(8914);
    let link: string;
    try {
      await workbench.runCommand(SHOW_PROFILE);
      await workbench.dialog.clickButton('Allow');
      await workbench.dialog.waitFor('uses port 8914 of this computer');
      assert.equal(spotify.requests.count('authorize'), 0, 'the browser was opened');
      link = await workbench.copiedBy(() => workbench.dialog.clickButton('Paste the address'));
      await workbench.quickInput.waitForTitle(PASTE_TITLE);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    await workbench.quickInput.fill(`${FIXED}?code=AQx&state=another`);
    await workbench.quickInput.waitForMessage('This address belongs to another sign-in.');
    await pasteFromElsewhere(link);
    // VS Code does not show every message, because the test is faster than a user.
    await workbench.accounts.openWith('Alva Lind (Spotify)');
  });

  it('by pasting the address, with the link of the progress', async () => {
    editor = await Fixture.open();
    const { workbench } = editor;
    const tab = await editor.openConsentPage();
    const copiedByLink = (name: string) =>
      workbench.copiedBy(() => workbench.notifications.clickLink('Signing in to Spotify', name));
    assert.equal(await copiedByLink('Copy sign-in link'), tab.url());
    const link = await copiedByLink('Paste the address');
    assert.equal(link, tab.url());
    await workbench.quickInput.waitForTitle(PASTE_TITLE);
    await pasteFromElsewhere(link);
    // VS Code does not show every message, because the test is faster than a user.
    await workbench.accounts.openWith('Alva Lind (Spotify)');
  });

  it('by itself, if the user copies the link in VS Code’s question, also at a second sign-in', async () => {
    editor = await Fixture.open();
    const { workbench, context } = editor;
    await workbench.waitUntilItAsksBeforeLinks();
    const copyAndOpen = async () => {
      await workbench.runCommand(SHOW_PROFILE);
      await workbench.dialog.clickButton('Allow');
      await workbench.dialog.waitFor('external website');
      await workbench.dialog.clickButton('Copy');
      // The editor reads the clipboard, for which its tab must be in front.
      await workbench.notifications.waitFor('waiting for your browser');
      const elsewhere = await context.newPage();
      await elsewhere.goto(await workbench.clipboard());
      await elsewhere.bringToFront();
      return elsewhere;
    };
    await agreeAs(await copyAndOpen(), 'Alva Lind');
    await workbench.notifications.waitFor(GREETING);
    await signOut();
    // Spotify’s page asks again after a sign-out.
    await agreeAs(await copyAndOpen(), 'Alva Lind');
    await workbench.notifications.waitFor(GREETING);
  });
});

/** Listens on a port as another program does, as soon as the earlier sign-in has freed it. */
async function listenOn(port: number): Promise<Server> {
  for (;;) {
    const server = createServer().listen(port, '127.0.0.1');
    const isListening = once(server, 'listening').then(() => true);
    if (await isListening.catch(() => false)) return server;
  }
}
