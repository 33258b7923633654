import assert from 'node:assert/strict';
import { Fixture, SHOW_PROFILE } from '../editorFixture.ts';
import type { WorkbenchPage } from '../vscode/workbenchPage.ts';

/** About src/flows/loopbackFlow.ts and src/auth/node/loopbackServer.ts. */
describe('two sign-ins at the same time in two windows', function () {
  this.timeout(180_000);
  let editor: Fixture;
  let windows: readonly [WorkbenchPage, WorkbenchPage];

  before(async () => {
    editor = await Fixture.open({ desktopLike: 'local' });
    windows = [editor.workbench, await editor.openWindow()];
  });
  after(() => editor.close());

  /** Begins a sign-in in a window, and returns the URL of Spotify’s page. */
  async function begin(window: WorkbenchPage): Promise<string> {
    await window.page.bringToFront();
    await window.runCommand(SHOW_PROFILE);
    const tab = await window.waitForPopup(() => window.dialog.clickButton('Allow'));
    return tab.url();
  }

  it('refuse each other’s callback, and each ends with its own account', async () => {
    // A sign-in of the palette does not end with the session of the other window.
    const own = () => windows[1].runCommand('Spotify: Sign In');
    const first = await begin(windows[0]);
    await windows[1].page.bringToFront();
    const urls = [first, (await windows[1].waitForPopup(own)).url()] as const;
    const alvas = new URL(await editor.agreeElsewhere(urls[0], 'alva'));
    const noors = new URL(await editor.agreeElsewhere(urls[1], 'noor'));
    for (const [answer, { port }] of [
      [alvas, noors],
      [noors, alvas],
    ] as const) {
      const swapped = Object.assign(new URL(answer), { port });
      assert.match(await (await fetch(swapped)).text(), /No sign-in is waiting for this page/);
    }
    assert.equal(editor.spotify.requests.count('token'), 0);

    for (const answer of [alvas, noors]) await fetch(answer);
    for (const [index, text] of [
      'Spotify knows you as Alva Lind.',
      'You are signed in to Spotify as Noor Haddad.',
    ].entries()) {
      const window = windows[index];
      await window?.page.bringToFront();
      await window?.notifications.waitFor(text);
    }
  });

  // About src/signIn/answeringSession.ts.
  it('both end with the session of the window that is answered first', async () => {
    for (const name of ['Alva Lind', 'Noor Haddad']) await editor.signOut(name);
    for (const window of windows) await window.runCommand('Notifications: Clear All Notifications');
    const urls = [await begin(windows[0]), await begin(windows[1])] as const;
    await fetch(await editor.agreeElsewhere(urls[0], 'alva'));
    for (const window of windows) {
      await window.notifications.waitFor('Spotify knows you as Alva Lind.');
      await window.notifications.waitUntilGone('Signing in to Spotify');
    }
    const redirectUri = new URL(urls[1]).searchParams.get('redirect_uri') ?? '';
    await assert.rejects(fetch(redirectUri));
  });
});
