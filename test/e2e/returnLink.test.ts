import assert from 'node:assert/strict';
import { Fixture } from '../editorFixture.ts';
import { deliverLink } from '../vscode/desktopLike.ts';

/** About `returnLink` in src/common/redirectUri.ts, and src/flows/callbackUriHandler.ts. */
describe('the link on the page after a sign-in', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open({ desktopLike: 'local' })));
  after(() => editor.close());

  it('opens the window that began the sign-in, and shows no message there', async () => {
    const { workbench } = editor;
    const tab = await editor.signIn('Alva Lind');
    const link = tab.getByRole('link', { name: 'Return to code-server' });
    const uri = String(await link.getAttribute('href'));
    assert.match(uri, /^code-oss:\/\/spotify-sdk\.spotify-authentication\/return\?windowId=\d+$/);
    // The progress disappears a moment after the message of the example.
    await workbench.notifications.waitUntilGone('Signing in to Spotify');
    const before = await workbench.notifications.texts();
    await deliverLink(workbench.page, { uri, trusted: false });
    await workbench.dialog.waitFor('extension to open this URI?');
    await workbench.dialog.clickButton('Open');
    await workbench.accounts.openWith('Alva Lind (Spotify)');
    assert.deepEqual(await workbench.notifications.texts(), before);
  });
});
