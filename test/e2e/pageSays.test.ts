import assert from 'node:assert/strict';
import { agreeAs, Fixture } from '../editorFixture.ts';

const PROGRESS = 'Signing in to Spotify';

/** About src/signIn/pageSays.ts. */
describe('a page of Spotify that does not return to the editor', function () {
  this.timeout(180_000);
  let editor: Fixture;

  after(() => editor.close());

  it('returns after the user has registered the redirect URI that is copied', async () => {
    editor = await Fixture.open();
    const { spotify, workbench } = editor;
    const [app] = spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [];
    const tab = await editor.openConsentPage();
    const says = await tab.locator('body').innerText();
    await workbench.page.bringToFront();
    await workbench.notifications.waitFor('Your browser has not returned yet.');
    await workbench.notifications.clickLink(PROGRESS, 'What does the page say?');
    await workbench.quickInput.pick(says);
    await workbench.notifications.waitFor('http://127.0.0.1/callback is copied.');
    app.redirectUris = [await workbench.clipboard()];
    const again = await workbench.waitForPopup(() =>
      workbench.notifications.clickButton('is copied', 'Open the Page Again'),
    );
    await agreeAs(again, 'Alva Lind');
    await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
  });
});
