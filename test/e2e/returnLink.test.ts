import assert from 'node:assert/strict';
import { Fixture } from '../editorFixture.ts';
import { deliverLink } from '../vscode/desktopLike.ts';

describe('the link on the page that a sign-in ends on', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open({ desktopLike: 'local' })));
  after(() => editor.close());

  it('leads back to the window that the sign-in began in, which hears nothing of it', async () => {
    const { workbench } = editor;
    const tab = await editor.signIn('Alva Lind');
    const link = tab.getByRole('link', { name: 'Return to code-server' });
    const uri = String(await link.getAttribute('href'));
    assert.match(uri, /^code-oss:\/\/spotify-sdk\.spotify-authentication\/return\?windowId=\d+$/);
    // The progress goes a moment after what it led to has come.
    await workbench.notifications.waitUntilGone('Signing in to Spotify');
    const before = await workbench.notifications.texts();
    await deliverLink(workbench.page, { uri, trusted: false });
    await workbench.dialog.waitFor('extension to open this URI?');
    await workbench.dialog.clickButton('Open');
    await workbench.accounts.openWith('Alva Lind (Spotify)');
    assert.deepEqual(await workbench.notifications.texts(), before);
  });
});
