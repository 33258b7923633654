import assert from 'node:assert/strict';
import { Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const PROGRESS = 'Signing in to Spotify';

/** About src/signIn/signInRequests.ts and src/flows/loopbackFlow.ts. */
describe('a sign-in that is cancelled', function () {
  this.timeout(180_000);
  let editor: Fixture;

  beforeEach(async () => (editor = await Fixture.open()));
  afterEach(() => editor.close());

  it('ends without a message at each step, and the next sign-in works', async () => {
    const { workbench, spotify } = editor;
    const { notifications, dialog, quickInput, page } = workbench;
    await workbench.runCommand(SHOW_PROFILE);
    await dialog.waitFor('wants to sign in using Spotify');
    await dialog.clickButton('Cancel');

    await workbench.waitUntilItAsksBeforeLinks();
    await workbench.runCommand(SHOW_PROFILE);
    await dialog.clickButton('Allow');
    await dialog.waitFor('external website');
    await dialog.clickButton('Cancel');
    await notifications.waitUntilGone(PROGRESS);
    assert.equal(spotify.requests.all.length, 0);

    const tab = await editor.openConsentPage();
    const redirectUri = String(new URL(tab.url()).searchParams.get('redirect_uri'));
    await page.bringToFront();
    await notifications.clickButton(PROGRESS, 'Cancel');
    await notifications.waitUntilGone(PROGRESS);
    await untilRefused(redirectUri);
    await tab.close();

    await editor.openConsentPage();
    await page.bringToFront();
    await workbench.runCommand('Spotify: Try Another Way to Sign In');
    await dialog.waitFor('Did you choose this command');
    await dialog.clickButton('Continue');
    await quickInput.pick('Paste the address');
    await quickInput.waitForTitle('Sign In to Spotify: Paste the Address');
    await quickInput.cancel();
    await notifications.waitUntilGone(PROGRESS);

    await editor.signIn('Alva Lind');
    await notifications.waitUntilGone(PROGRESS);
    // A message about a failure has buttons, so VS Code would still show it.
    const texts = await notifications.texts();
    assert.deepEqual(texts.sort(), [
      'Spotify knows you as Alva Lind.',
      'You are signed in to Spotify as Alva Lind.',
    ]);
  });

  it('frees its port when its window is closed', async () => {
    const tab = await editor.openConsentPage();
    const redirectUri = String(new URL(tab.url()).searchParams.get('redirect_uri'));
    await editor.workbench.page.close({ runBeforeUnload: true });
    await untilRefused(redirectUri);
  });
});

/** Waits until no server answers at `url`. Throws if one still does after 10 s. */
async function untilRefused(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(10_000);
  const answers = () => fetch(url).then(Boolean, () => false);
  while (await answers()) deadline.throwIfAborted();
}
