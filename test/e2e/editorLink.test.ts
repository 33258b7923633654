import assert from 'node:assert/strict';
import { Fixture } from '../editorFixture.ts';
import { deliverLink } from '../vscode/desktopLike.ts';

const LINK = 'code-oss://spotify-sdk.spotify-authentication/callback';
const GREETING = 'Spotify knows you as Alva Lind.';

/**
 * About src/flows/editorLinkFlow.ts and src/flows/callbackHandover.ts. The windows share their
 * secrets, and the operating system may open a link in any of them.
 */
describe('a sign-in by a link to the editor', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => {
    const settings = { 'spotify-authentication.signInFlow': 'editorLink' };
    editor = await Fixture.open({ desktopLike: 'local', settings });
    const [app] = editor.spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [LINK];
  });
  after(() => editor.close());

  it('ends in the window that began it, although another window receives the link', async () => {
    const { workbench } = editor;
    const other = await editor.openWindow();
    await workbench.page.bringToFront();
    const uri = await editor.agreeForRedirect(await editor.openConsentPage(), 'Alva Lind');
    assert.ok(uri.startsWith(`${LINK}?`), uri);
    await other.page.bringToFront();
    await deliverLink(other.page, { uri, trusted: false });
    await other.dialog.waitFor('extension to open this URI?');
    await other.dialog.clickButton('Open');
    await workbench.page.bringToFront();
    await workbench.notifications.waitFor(GREETING);
  });
});
