import assert from 'node:assert/strict';
import { example, vsix } from '../../scripts/paths.ts';
import { agreeAs, Fixture } from '../editorFixture.ts';
import { HELLO, SHOW_CURRENT_USER, writeFakeProvider } from './competingExtension.ts';

const SEEN = /“Spotify Authentication” \(TylerLeonhardt\.vscode-spotify-auth\) and this extension/;
const UNSEEN = /Another extension signs in to Spotify/;

describe('another extension that signs in to Spotify', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  async function open(entry: 'main' | 'browser'): Promise<void> {
    editor = await Fixture.open({ extensions: [vsix, example, await writeFakeProvider(entry)] });
  }

  it('in the same extension host, is shown by name, once, and comes second', async () => {
    await open('main');
    const { notifications, page, accounts, dialog } = editor.workbench;
    await notifications.waitFor(SEEN);
    assert.deepEqual(await notifications.buttons(SEEN), ['Show Extension']);
    await notifications.clickButton(SEEN, 'Show Extension');
    await page.getByRole('tab', { name: 'Extension: Spotify Authentication' }).waitFor();
    const details = page.locator('.extension-editor');
    await details.getByText('TylerLeonhardt', { exact: true }).waitFor();

    const second = await editor.openWindow();
    await editor.workbench.reloadWindow();
    for (const window of [second, editor.workbench]) {
      // The offer to sign in is made after the look for other providers.
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

  it('in another one, is said to have taken over, once, when somebody signs in', async () => {
    await open('browser');
    const { notifications, page, accounts, dialog } = editor.workbench;
    await signInElsewhere();
    await notifications.waitFor(UNSEEN);
    assert.deepEqual(await notifications.buttons(UNSEEN), ['Show Extensions']);
    await notifications.clickButton(UNSEEN, 'Show Extensions');
    const listed = page.locator('.extensions-viewlet .extension-list-item');
    await listed.filter({ hasText: 'TylerLeonhardt' }).waitFor();

    await editor.workbench.reloadWindow();
    await signInElsewhere();
    await accounts.openWith('Somebody Else (Spotify)');
    await accounts.close();
    assert.deepEqual(await notifications.texts(), [HELLO]);

    async function signInElsewhere(): Promise<void> {
      // Of two hosts, whoever registers last is asked: by then, ours has.
      await accounts.untilBadge('1');
      assert.deepEqual(await notifications.texts(), []);
      await editor.workbench.runCommand(SHOW_CURRENT_USER);
      await dialog.waitFor('wants to sign in using Spotify');
      await dialog.clickButton('Allow');
      await notifications.waitFor(HELLO);
    }
  });
});
