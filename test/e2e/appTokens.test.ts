import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import { untilStateIsStored } from '../vscode/storedState.ts';
import type { Consumer } from './consumers/consumer.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SECRET_BOX = 'Spotify: Client Secret of Your App';
const ACCOUNT = `${DEMO_CLIENT_ID.slice(0, 8)}…`;

/** About src/appTokens and src/commands/getAppAccessToken.ts. */
describe('app tokens, for extensions that need no user', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;
  let consumer: Consumer;
  let secret: string;

  beforeEach(async () => {
    window = shared.current;
    consumer = await window.consumer('Consumer A');
    secret = window.editor.spotify.apps.get(DEMO_CLIENT_ID)?.clientSecret ?? '';
  });

  async function enterSecret(text: string): Promise<void> {
    const { quickInput } = window.editor.workbench;
    await quickInput.waitForTitle(SECRET_BOX);
    await quickInput.fill(text);
    await quickInput.accept();
  }

  /** Requests a token for Consumer A, allows it, enters the client secret, and returns the token. */
  async function requestToken(): Promise<string> {
    const { dialog } = window.editor.workbench;
    const pending = consumer.run('getAppSession', { createIfNone: true });
    await dialog.waitFor("The extension 'Consumer A' wants to sign in using Spotify (app).");
    await dialog.clickButton('Allow');
    await enterSecret(secret);
    return (await pending)?.accessToken ?? '';
  }

  const silently = () => consumer.run('getAppSession', { silent: true });

  it('show nothing and send no request while no client secret is stored', async () => {
    const { accounts } = window.editor.workbench;
    assert.equal(await silently(), undefined);
    const entries = await accounts.open();
    await accounts.close();
    assert.deepEqual(
      entries.filter((entry) => /spotify/i.test(entry)),
      [],
    );
    assert.equal(await accounts.badge(), '');
    assert.deepEqual(window.editor.spotify.requests.all, []);
  });

  it('come after VS Code’s dialog and the box for the client secret, for the catalogue only', async () => {
    const { editor } = window;
    const { dialog, quickInput, accounts } = editor.workbench;
    const pending = consumer.run('getAppSession', { createIfNone: true });
    await dialog.clickButton('Allow');
    await quickInput.waitForTitle(SECRET_BOX);
    await editor.workbench.screenshot(path.join(out, 'screenshots', 'client-secret.png'));
    assert.match(await quickInput.message(), /^With the client secret of your app/);
    await enterSecret('0'.repeat(32));
    await dialog.waitFor('Spotify refuses this client secret');
    await dialog.clickButton('Enter Another Secret');
    await enterSecret(secret);
    const session = await pending;
    assert.ok(session);
    assert.deepEqual(session.account, { id: DEMO_CLIENT_ID.slice(0, 8), label: ACCOUNT });
    assert.equal(await consumer.run('fetchStatus', '/v1/search?q=x', session.accessToken), 200);
    assert.equal(await consumer.run('fetchStatus', '/v1/me', session.accessToken), 401);
    assert.ok((await accounts.open()).includes(`${ACCOUNT} (Spotify (app))`));
    await accounts.close();

    // The extension asks for the secret once. The user has allowed Consumer A only.
    assert.equal((await silently())?.id, session.id);
    const other = await window.consumer('Consumer B');
    assert.equal(await other.run('getAppSession', { silent: true }), undefined);
    // The stored state includes that Consumer A is allowed.
    await untilStateIsStored(editor.workbench.page, '"tests.consumer-a"');
    await editor.workbench.reloadWindow();
    consumer = await window.consumer('Consumer A');
    assert.equal((await silently())?.id, session.id);
    const logs = await editor.logs();
    assert.ok(!logs.includes(secret) && !logs.includes(session.accessToken));
  });

  it('end with the sign-out in the Accounts menu, which removes the client secret', async () => {
    await requestToken();
    const { accounts, dialog } = window.editor.workbench;
    await accounts.open();
    await accounts.openSubmenu(`${ACCOUNT} (Spotify (app))`);
    await accounts.click('Sign Out');
    await dialog.clickButton('Sign Out');
    while (await silently());
    await requestToken();
  });

  it('can be requested in the Accounts menu, whose entry then disappears', async () => {
    const { accounts } = window.editor.workbench;
    assert.equal(await consumer.run('getAppSession'), undefined);
    await accounts.untilBadge('1');
    const entry = 'Sign in with Spotify (app) to use Consumer A (1)';
    assert.ok((await accounts.open()).includes(entry));
    await accounts.click(entry);
    await enterSecret(secret);
    await accounts.untilBadge('');
    assert.ok(!(await accounts.open()).includes(entry));
    await accounts.close();
    assert.ok(await silently());
  });

  it('are copied by a command of the palette, after a confirmation', async () => {
    const { workbench, spotify } = window.editor;
    await workbench.runCommand('Spotify: Get App Access Token');
    await enterSecret(secret);
    await workbench.dialog.waitFor('Copy an access token of your app?');
    const copied = await workbench.copiedBy(() => workbench.dialog.clickButton('Copy'));
    const token = spotify.tokens.accessTokens.get(copied);
    assert.ok(token && !token.user);
    await workbench.notifications.waitFor('The access token of your app is copied.');
  });
});
