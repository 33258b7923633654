import assert from 'node:assert/strict';
import { agreeAs, Fixture } from '../editorFixture.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import type { WorkbenchPage } from '../vscode/workbenchPage.ts';
import { WalkthroughPage } from './walkthroughPage.ts';

const TITLE = 'Get started with Spotify in VS Code';
const [APP, URI, CLIENT_ID, SIGN_IN, USE] = [
  'Create your Spotify app',
  'Copy the redirect URI',
  'Enter the client ID',
  'Sign in',
  'Use your account in an extension',
] as const;

/** About `walkthroughs` in package.json. */
describe('the walkthrough', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open({ clientId: '' })));
  after(() => editor.close());

  it('opens by a command only, has a picture for each step, and marks finished steps itself', async () => {
    const { workbench } = editor;
    // VS Code shows the pictures only if the window is wide.
    await workbench.page.setViewportSize({ width: 1560, height: 800 });
    const walkthrough = new WalkthroughPage(workbench.page);
    assert.equal(await walkthrough.count(), 0, 'it opens by itself');
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.quickInput.pick(TITLE);
    assert.deepEqual(await walkthrough.titles(), [APP, URI, CLIENT_ID, SIGN_IN, USE]);

    const pictures = new Set<string>();
    for (const title of await walkthrough.titles()) {
      await walkthrough.select(title);
      while (pictures.has(await walkthrough.picture()));
      pictures.add(await walkthrough.picture());
    }

    const done = await Promise.all(
      [APP, URI, CLIENT_ID, SIGN_IN, USE].map((title) => walkthrough.isDone(title)),
    );
    assert.ok(
      done.every((isDone) => !isDone),
      'a step is marked as done before the user has done it',
    );

    await walkthrough.select(URI);
    const copied = await workbench.copiedBy(() => walkthrough.click(URI, 'Copy Redirect URI'));
    assert.equal(copied, 'http://127.0.0.1/callback');
    await workbench.notifications.waitFor(`${copied} is copied.`);
    await walkthrough.waitUntilDone(URI);

    await enterClientId(workbench);
    await walkthrough.waitUntilDone(CLIENT_ID);
    await walkthrough.waitUntilDone(APP);
    await workbench.page.keyboard.press('Escape');

    await walkthrough.select(SIGN_IN);
    const tab = await workbench.waitForPopup(() => walkthrough.click(SIGN_IN, 'Sign In'));
    await agreeAs(tab, 'Alva Lind');
    await workbench.page.bringToFront();
    await walkthrough.waitUntilDone(SIGN_IN);

    await walkthrough.select(USE);
    await walkthrough.click(USE, 'See the Example');
    await workbench.dialog.waitFor('github.com/spotify-sdk');
    await workbench.dialog.clickButton('Cancel');
    await walkthrough.waitUntilDone(USE);
  });
});

/** Puts the demo app's client ID into the settings, which open above the walkthrough. */
async function enterClientId(workbench: WorkbenchPage): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('Preferences: Open Settings (UI)');
  await page.locator('.settings-editor .search-container .monaco-editor').click();
  await page.keyboard.type('@id:spotify-authentication.clientId');
  const input = page.locator('.setting-item-contents input[type=text]');
  await input.fill(DEMO_CLIENT_ID);
}
