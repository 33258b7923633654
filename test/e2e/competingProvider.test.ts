import assert from 'node:assert/strict';
import { example, vsix } from '../../scripts/paths.ts';
import { agreeAs, Fixture } from '../editorFixture.ts';
import {
  COMPETING_ACCOUNT,
  HELLO,
  SHOW_CURRENT_USER,
  writeCompetingExtension,
} from './competingExtension.ts';

const INSTALLED =
  /“Spotify Authentication” \(TylerLeonhardt\.vscode-spotify-auth\) and this extension/;
const ANSWERING = /Another extension signs in to Spotify/;

/** About src/provider/competingProviders.ts. */
describe('a competing provider', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  async function open(entry: 'main' | 'browser'): Promise<void> {
    editor = await Fixture.open({
      extensions: [vsix, example, await writeCompetingExtension(entry)],
    });
  }

  it('in the same extension host is named in one message, and VS Code uses our provider', async () => {
    await open('main');
    const { notifications, page, accounts, dialog } = editor.workbench;
    await notifications.waitFor(INSTALLED);
    assert.deepEqual(await notifications.buttons(INSTALLED), ['Show Extension']);
    await notifications.clickButton(INSTALLED, 'Show Extension');
    await page.getByRole('tab', { name: 'Extension: Spotify Authentication' }).waitFor();
    const details = page.locator('.extension-editor');
    await details.getByText('TylerLeonhardt', { exact: true }).waitFor();

    const second = await editor.openWindow();
    await editor.workbench.reloadWindow();
    for (const window of [second, editor.workbench]) {
      // Our extension offers the sign-in after it has looked for competing extensions.
      await window.accounts.untilBadge('1');
      assert.deepEqual(await window.notifications.texts(), []);
    }

    await editor.workbench.runCommand(SHOW_CURRENT_USER);
    await dialog.waitFor('wants to sign in using Spotify');
    const tab = await editor.workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await agreeAs(tab, 'Alva Lind');
    await notifications.waitFor('Hello, Alva Lind!');
    assert.ok((await accounts.open()).includes('Alva Lind (Spotify)'));
  });

  it('in another extension host is reported once, after VS Code has used it for a sign-in', async () => {
    await open('browser');
    const { notifications, page, accounts, dialog } = editor.workbench;
    await signInToCompetitor();
    await notifications.waitFor(ANSWERING);
    assert.deepEqual(await notifications.buttons(ANSWERING), ['Show Extensions']);
    await notifications.clickButton(ANSWERING, 'Show Extensions');
    const listed = page.locator('.extensions-viewlet .extension-list-item');
    await listed.filter({ hasText: 'TylerLeonhardt' }).waitFor();

    await editor.workbench.reloadWindow();
    await signInToCompetitor();
    await accounts.openWith(`${COMPETING_ACCOUNT} (Spotify)`);
    await accounts.close();
    assert.deepEqual(await notifications.texts(), [HELLO]);

    async function signInToCompetitor(): Promise<void> {
      // VS Code uses the provider that registers last. At the badge, ours has registered.
      await accounts.untilBadge('1');
      assert.deepEqual(await notifications.texts(), []);
      await editor.workbench.runCommand(SHOW_CURRENT_USER);
      await dialog.waitFor('wants to sign in using Spotify');
      await dialog.clickButton('Allow');
      await notifications.waitFor(HELLO);
    }
  });
});
