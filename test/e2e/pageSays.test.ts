import assert from 'node:assert/strict';
import { agreeAs, Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const PROGRESS = 'Signing in to Spotify';

describe('a page of Spotify’s that never comes back', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  /** Waits for the help that comes after a while, and answers what the page says. */
  async function answer(says: string): Promise<void> {
    const { notifications, quickInput, page } = editor.workbench;
    await page.bringToFront();
    await notifications.waitFor('Nothing has come back yet.');
    await notifications.clickLink(PROGRESS, 'What does the page say?');
    await quickInput.pick(says);
  }

  it('is mended by registering the redirect URI that is copied', async () => {
    editor = await Fixture.open();
    const { spotify, workbench } = editor;
    const [app] = spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [];
    const tab = await editor.openConsentPage();
    const says = await tab.locator('body').innerText();
    await answer(says);
    await workbench.notifications.waitFor('http://127.0.0.1/callback is copied.');
    app.redirectUris = [await workbench.clipboard()];
    const again = await workbench.waitForPopup(() =>
      workbench.notifications.clickButton('is copied', 'Open the Page Again'),
    );
    await agreeAs(again, 'Alva Lind');
    await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
  });

  it('is mended by correcting the client ID, which is kept', async () => {
    const wrong = '0'.repeat(32);
    editor = await Fixture.open({ clientId: wrong });
    const { spotify, workbench } = editor;
    const tab = await editor.openConsentPage();
    assert.match(await tab.locator('body').innerText(), /INVALID_CLIENT/);
    await answer('INVALID_CLIENT: Invalid client / Failed to get client');
    await workbench.quickInput.waitForTitle('Spotify Client ID');
    const [app] = spotify.apps.values();
    await workbench.quickInput.fill(app?.clientId ?? '');
    const again = await workbench.waitForPopup(() => workbench.quickInput.accept());
    await agreeAs(again, 'Alva Lind');
    await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
  });
});
