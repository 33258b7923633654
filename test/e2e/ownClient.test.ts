import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';
import { agreeAs } from '../editorFixture.ts';
import { type App, DEMO_CLIENT_ID } from '../spotify/index.ts';
import type { Consumer } from './consumers/consumer.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SCOPES = ['user-read-private'];

/** About src/provider/scopeLists.ts. */
describe('an extension with a Spotify app of its own', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;
  let consumer: Consumer;
  let extensionApp: App;
  let scopesWithClientId: string[];

  beforeEach(async () => {
    window = shared.current;
    consumer = await window.consumer('Consumer A');
    const redirectUris = ['http://127.0.0.1/callback'];
    extensionApp = window.editor.spotify.addApp({ name: 'Consumer’s own', redirectUris });
    scopesWithClientId = [...SCOPES, `VSCODE_CLIENT_ID:${extensionApp.clientId}`];
  });

  it('signs in with that app; the progress names its client ID, and its session is separate', async () => {
    const { workbench, spotify } = window.editor;
    const { dialog, notifications, quickInput } = workbench;
    const pending = consumer.getSession(scopesWithClientId, { createIfNone: true });
    await dialog.waitFor("The extension 'Consumer A' wants to sign in using Spotify.");
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    const id = extensionApp.clientId.slice(0, 6);
    await notifications.waitFor(`with an extension’s app (client ID ${id}…)`);
    await workbench.screenshot(path.join(out, 'screenshots', 'own-client.png'));
    assert.match(await tab.getByRole('heading', { level: 1 }).innerText(), /Consumer’s own/);
    const sent = new URL(tab.url()).searchParams;
    assert.deepEqual(
      [sent.get('client_id'), sent.get('scope')],
      [extensionApp.clientId, SCOPES[0]],
    );
    await agreeAs(tab, 'Alva Lind');
    await tab.close();
    const session = await pending;
    assert.deepEqual(session?.scopes, scopesWithClientId);
    assert.ok(!JSON.stringify(spotify.requests.all).includes('VSCODE_CLIENT_ID'));

    assert.equal(await consumer.silentSession(SCOPES), undefined);
    const own = await window.signIn(consumer, 'Alva Lind', SCOPES);
    assert.notEqual(own.id, session.id);
    assert.equal((await consumer.silentSession(scopesWithClientId))?.id, session.id);
    assert.equal((await consumer.silentSession(SCOPES))?.id, own.id);

    await workbench.runCommand('Spotify: Show Accounts');
    await quickInput.waitForTitle('Spotify Accounts');
    const details = workbench.page.locator('.quick-input-list .monaco-list-row');
    const texts = (await details.allInnerTexts()).join('\n');
    assert.match(texts, /user-read-private · extension’s own app/);
    await workbench.screenshot(path.join(out, 'screenshots', 'own-client-accounts.png'));
    await quickInput.cancel();
  });

  it('asks in the Accounts menu, whose entry disappears with a sign-in to that app only', async () => {
    const { workbench } = window.editor;
    const { accounts } = workbench;
    await window.signIn(consumer, 'Alva Lind', SCOPES);
    assert.equal(await consumer.getSession(scopesWithClientId), undefined);
    await accounts.untilBadge('1');
    await accounts.open();
    const entry = 'Sign in with Spotify to use Consumer A (1)';
    const tab = await workbench.waitForPopup(() => accounts.click(entry));
    await agreeAs(tab, 'Alva Lind');
    await tab.close();
    await accounts.untilBadge('');
    assert.deepEqual(
      (await consumer.silentSession(scopesWithClientId))?.scopes,
      scopesWithClientId,
    );
  });

  it('gets an error for a malformed client ID, and the user sees nothing', async () => {
    const wrong = [...SCOPES, 'VSCODE_CLIENT_ID:mine'];
    for (const options of [{ silent: true }, { createIfNone: true }, {}]) {
      await assert.rejects(consumer.getSession(wrong, options), /VSCODE_CLIENT_ID: and 32 digits/);
    }
    const { dialog, accounts } = window.editor.workbench;
    assert.deepEqual([await dialog.isOpen(), await accounts.badge()], [false, '']);
  });
});

/** About src/provider/sessionNotices.ts and src/sessions/sessionRefresher.ts. */
describe('another client ID in the settings', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;
  let consumer: Consumer;
  let newApp: App;

  beforeEach(async () => {
    window = shared.current;
    consumer = await window.consumer('Consumer A');
    newApp = window.editor.spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    // A token for 30 s counts as expired at the next request, so that request refreshes it.
    window.editor.spotify.behaviour.expiresIn = 30;
  });
  afterEach(() => consumer.run('setClientId', DEMO_CLIENT_ID));

  /** Agrees as Alva Lind in the tab that `action` opens. Returns the client ID of the sign-in. */
  async function agree(action: () => Promise<void>): Promise<string | null> {
    const tab = await window.editor.workbench.waitForPopup(action);
    const { searchParams } = new URL(tab.url());
    await agreeAs(tab, 'Alva Lind');
    await tab.close();
    return searchParams.get('client_id');
  }

  it('is offered for a new sign-in; until then, and until Spotify forgets the old app, the session answers', async () => {
    const { workbench, spotify } = window.editor;
    const { notifications } = workbench;
    const before = await window.signIn(consumer, 'Alva Lind', SCOPES);
    await consumer.run('setClientId', newApp.clientId);
    const offer = `The configured client ID is now ${newApp.clientId.slice(0, 6)}…`;
    await notifications.waitFor(offer);
    await workbench.screenshot(path.join(out, 'screenshots', 'new-client-id.png'));
    assert.equal((await consumer.silentSession(SCOPES))?.id, before.id);
    spotify.behaviour.expiresIn = 3600;
    const used = await agree(() => notifications.clickButton(offer, 'Sign In Again'));
    assert.equal(used, newApp.clientId);
    await notifications.waitFor('You are signed in to Spotify as Alva Lind.');
    const after = await consumer.silentSession(SCOPES);
    assert.deepEqual([after?.id === before.id, after?.account], [false, before.account]);
  });

  it('is used by the next request, once Spotify no longer knows the app of the session', async () => {
    const { workbench, spotify } = window.editor;
    const { notifications, dialog } = workbench;
    await window.signIn(consumer, 'Alva Lind', SCOPES);
    await consumer.run('setClientId', newApp.clientId);
    spotify.apps.delete(DEMO_CLIENT_ID);
    assert.equal(await consumer.silentSession(SCOPES), undefined);
    await notifications.waitFor(`knows the client ID ${DEMO_CLIENT_ID.slice(0, 6)}…`);
    // It is the fourth message in a moment, so VS Code shows no toast.
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.screenshot(path.join(out, 'screenshots', 'lost-client-id.png'));

    spotify.behaviour.expiresIn = 3600;
    const pending = consumer.getSession(SCOPES, { createIfNone: true });
    await dialog.waitFor('wants to sign in using Spotify');
    const used = await agree(() => dialog.clickButton('Allow'));
    assert.equal(used, newApp.clientId);
    assert.equal((await pending)?.account.label, 'Alva Lind');
  });
});
