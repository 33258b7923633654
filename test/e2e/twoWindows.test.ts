import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../vscode/workbenchPage.ts';
import { Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const ALVA = 'Alva Lind (Spotify)';
const GREETING = 'Spotify knows you as Alva Lind.';

/**
 * Two tabs of one browser: two windows, two extension hosts, one server and so one global storage.
 * What this host does not do: a tab reads all secrets once, when it loads, hears of no change that
 * another tab makes, and writes back its whole copy. So neither a sign-in nor a refresh arrives
 * before a reload, no event is fired for them, and a rotated refresh token cannot be adopted. The
 * unit tests show those with secrets that behave like the desktop's.
 */
describe('two windows on one server', function () {
  this.timeout(180_000);
  let editor: Fixture;

  beforeEach(async () => (editor = await Fixture.open()));
  afterEach(() => editor.close());

  const refreshes = () => editor.spotify.requests.count('token', 'refresh_token');

  /** Signs in with a token that is good for what is done at once, and then due for a refresh. */
  async function signInForHalfAMinute(): Promise<void> {
    editor.spotify.behaviour.expiresIn = 30;
    await editor.signIn('Alva Lind');
    editor.spotify.behaviour.expiresIn = 3600;
    editor.spotify.requests.clear();
  }

  async function ask(window: WorkbenchPage): Promise<void> {
    await window.runCommand(SHOW_PROFILE);
    await window.notifications.waitFor(GREETING);
  }

  it('share a sign-in and refreshes after a reload, and neither loses the session', async () => {
    const second = await editor.openWindow();
    await signInForHalfAMinute();
    await second.reloadWindow();
    // The toast of the sign-in would be taken for an answer.
    await editor.workbench.notifications.close(GREETING);
    await Promise.all([editor.workbench, second].map(ask));
    const asked = refreshes();
    assert.ok(asked === 1 || asked === 2, `${asked} requests`);

    await second.reloadWindow();
    await ask(second);
    assert.equal(refreshes(), asked);
    assert.equal(editor.spotify.requests.count('authorize'), 0);
  });

  it('both are signed out by the one, the other when it needs a new token', async () => {
    await signInForHalfAMinute();
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
