import assert from 'node:assert/strict';
import { Fixture } from '../editorFixture.ts';
import { deliverLink } from '../vscode/desktopLike.ts';
import { playRelay } from '../vscode/relay.ts';
import type { ExtensionHostPlace } from '../vscode/workbenchPatches.ts';

const RELAY = 'https://vscode.dev/redirect';
const GREETING = 'Spotify knows you as Alva Lind.';

/** About src/flows/relayFlow.ts. */
describe('a sign-in by the relay at vscode.dev', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  async function open(desktopLike?: ExtensionHostPlace): Promise<void> {
    const settings = { 'spotify-authentication.signInFlow': 'relay' };
    editor = await Fixture.open({ settings, ...(desktopLike && { desktopLike }) });
    const [app] = editor.spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [RELAY];
  }

  it('ends in the editor’s tab that began it, by VS Code’s own callback page', async () => {
    await open();
    const tab = await editor.openConsentPage();
    const targets = await playRelay(tab);
    await editor.agreeForRedirect(tab, 'Alva Lind');
    await editor.workbench.page.bringToFront();
    await editor.workbench.notifications.waitFor(GREETING);
    assert.match(targets.join(), /^http:\/\/127\.0\.0\.1:\d+\/.*callback\?/);
  });

  it('ends in the desktop window that began it, by a link with the window’s id', async () => {
    await open('local');
    const { workbench } = editor;
    const tab = await editor.openConsentPage();
    const targets = await playRelay(tab);
    await editor.agreeForRedirect(tab, 'Alva Lind');
    while (targets.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const [uri = ''] = targets;
    assert.match(
      uri,
      /^code-oss:\/\/spotify-sdk\.spotify-authentication\/callback\?.*windowId=\d+/,
    );
    await workbench.page.bringToFront();
    await deliverLink(workbench.page, { uri, trusted: true });
    await workbench.notifications.waitFor(GREETING);
  });
});
