import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../vscode/workbenchPage.ts';
import { Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const ALVA = 'Alva Lind (Spotify)';
const GREETING = 'Spotify knows you as Alva Lind.';

/**
 * About src/sessions/sessionStore.ts, src/sessions/sessionRefresher.ts and src/node. Two tabs of a
 * browser are two windows with two extension hosts; they share one server, and so one global storage.
 * A tab reads all secrets once, when it loads. It gets no event when another tab changes a secret,
 * and writes back its whole copy. So a sign-in or a refresh in one tab reaches the other one only
 * after a reload, and the other one cannot adopt a rotated refresh token. The unit tests cover both
 * with secrets that behave as on the desktop.
 */
describe('two windows on one server', function () {
  this.timeout(180_000);
  let editor: Fixture;

  beforeEach(async () => (editor = await Fixture.open()));
  afterEach(() => editor.close());

  const refreshes = () => editor.spotify.requests.count('token', 'refresh_token');

  /** Signs in with a token for 30 s, which counts as expired at the next request. */
  async function signInWithShortToken(): Promise<void> {
    editor.spotify.behaviour.expiresIn = 30;
    await editor.signIn('Alva Lind');
    editor.spotify.behaviour.expiresIn = 3600;
    editor.spotify.requests.clear();
  }

  async function showProfile(window: WorkbenchPage): Promise<void> {
    await window.runCommand(SHOW_PROFILE);
    await window.notifications.waitFor(GREETING);
  }

  it('share a sign-in and its refreshes after a reload, and both keep the session', async () => {
    const second = await editor.openWindow();
    await signInWithShortToken();
    await second.reloadWindow();
    // `showProfile` would find this toast instead of the one that answers its request.
    await editor.workbench.notifications.close(GREETING);
    await Promise.all([editor.workbench, second].map(showProfile));
    const requests = refreshes();
    assert.ok(requests === 1 || requests === 2, `${requests} requests`);

    await second.reloadWindow();
    await showProfile(second);
    assert.equal(refreshes(), requests);
    assert.equal(editor.spotify.requests.count('authorize'), 0);
  });

  it('are both signed out by one of them; the other one notices it when it needs a new token', async () => {
    await signInWithShortToken();
    const second = await editor.openWindow();
    await editor.signOut('Alva Lind');
    await second.runCommand(SHOW_PROFILE);
    await second.dialog.waitFor('wants to sign in using Spotify');
    await second.dialog.clickButton('Cancel');
    assert.equal(refreshes(), 0);
    assert.ok(!(await second.accounts.open()).includes(ALVA));

    await editor.workbench.reloadWindow();
    assert.ok(!(await editor.workbench.accounts.open()).includes(ALVA));
  });
});
