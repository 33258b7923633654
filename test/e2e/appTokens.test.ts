import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';
import {
  addDemo,
  DEMO_CLIENT_ID,
  FOREIGN_LOOPBACK,
  type Spotify,
  startSpotify,
} from '../spotify/index.ts';
import { untilStateIsStored } from '../vscode/storedState.ts';
import type { Consumer } from './consumers/consumer.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SCOPES = ['user-read-private'];
const SECRET_BOX = 'Spotify: Client Secret of Your App';
const ACCOUNT = `${DEMO_CLIENT_ID.slice(0, 8)}…`;

/** About src/appTokens, src/commands/getAppAccessToken.ts and src/node/serverSecrets.ts. */
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

  /** Starts the extension host again, with these environment variables. */
  async function reloadWith(variables: Readonly<Record<string, string>>): Promise<void> {
    window.editor.setEnvironment(variables);
    await window.editor.workbench.reloadWindow();
    consumer = await window.consumer('Consumer A');
  }

  /** The accounts in the Accounts menu. Takes a screenshot of it with this name. */
  async function accountsOfSpotify(screenshot?: string): Promise<string[]> {
    const { accounts } = window.editor.workbench;
    const entries = await accounts.open();
    const file = screenshot && path.join(out, 'screenshots', `${screenshot}.png`);
    if (file) await window.editor.workbench.screenshot(file);
    await accounts.close();
    return entries.filter((entry) => entry.includes('(Spotify')).sort();
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

  it('are not requested from a test server, and neither are sessions of Spotify’s; both return without it', async () => {
    const { editor } = window;
    const { workbench, spotify } = editor;
    await using stack = new AsyncDisposableStack();
    const other = await startSpotify({ host: FOREIGN_LOOPBACK });
    stack.defer(() => other.close());
    addDemo(other);
    // A token for 30 s counts as expired at the next request, so that request refreshes it.
    spotify.behaviour.expiresIn = 30;
    const session = await window.signIn(consumer, 'Alva Lind', SCOPES);
    spotify.behaviour.expiresIn = 3600;
    await requestToken();
    await untilStateIsStored(workbench.page, '"tests.consumer-a"');
    spotify.requests.clear();

    await reloadWith({
      SPOTIFY_SDK_ACCOUNTS_URL: other.accountsUrl,
      SPOTIFY_SDK_API_URL: other.apiUrl,
    });
    assert.deepEqual(
      [await consumer.silentSession(SCOPES), await silently()],
      [undefined, undefined],
    );
    const ofTestServer = await window.signIn(consumer, 'Alva Lind', SCOPES);
    assert.equal(ofTestServer.account.label, 'Alva Lind (test server)');
    assert.deepEqual(await accountsOfSpotify('test-server'), ['Alva Lind (test server) (Spotify)']);
    assert.deepEqual(spotify.requests.all, []);
    const { accessTokens, refreshTokens } = spotify.tokens;
    const sent = sentTo(other);
    for (const one of [secret, ...accessTokens.keys(), ...refreshTokens.keys()]) {
      assert.ok(!sent.includes(one));
    }

    await reloadWith({});
    const refreshed = await consumer.silentSession(SCOPES);
    assert.deepEqual([refreshed?.id, refreshed?.account], [session.id, session.account]);
    assert.ok(spotify.tokens.accessTokens.has(String(refreshed?.accessToken)));
    assert.deepEqual(
      await accountsOfSpotify(),
      ['Alva Lind (Spotify)', `${ACCOUNT} (Spotify (app))`].sort(),
    );
  });
});

/** The forms and headers of all requests to a server. */
const sentTo = ({ requests }: Spotify): string =>
  JSON.stringify(requests.all.map(({ form, headers }) => [[...form], headers]));
