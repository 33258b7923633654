import assert from 'node:assert/strict';
import { agreeAs } from '../editorFixture.ts';
import { readyFaults } from '../spotify/index.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SCOPES = ['user-read-private'];
const DETAIL = 'To show who you are.';
/** The row of VS Code’s list of accounts for one that is not in it. */
const ANOTHER = 'Sign in to another account';

/** CORS headers, with which a web worker can read the response and its `Retry-After`. */
const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After',
};

/** About src/adapters/vscode.ts. */
describe('the adapters for other extensions', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;

  beforeEach(() => (window = shared.current));

  /** Allows the sign-in that a task requests, and agrees as Alva Lind. */
  async function signIn<T>(asking: Promise<T>): Promise<T> {
    const { workbench } = window.editor;
    const { dialog } = workbench;
    await dialog.waitFor(DETAIL);
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await agreeAs(tab, 'Alva Lind');
    await tab.close();
    return asking;
  }

  const statuses = () => window.editor.spotify.requests.to('me').map(({ status }) => status);

  for (const [name, host] of [
    ['Consumer A', 'in Node'],
    ['Consumer Web', 'in a worker'],
  ] as const) {
    it(`ask the user once, and then handle expired tokens and rate limits, ${host}`, async () => {
      const { spotify } = window.editor;
      const consumer = await window.consumer(name);
      const inOurHost = host === 'in Node' ? consumer : await window.consumer('Consumer A');
      await consumer.run('makeAdapters', 'asking', SCOPES, { ask: { detail: DETAIL } });
      assert.equal(await consumer.run('sdkToken', 'asking'), null);
      const first = await signIn(consumer.run('getAccessToken', 'asking'));
      assert.deepEqual([...spotify.tokens.accessTokens.keys()], [first]);

      spotify.requests.clear();
      assert.equal((await consumer.run('sdkProfile', 'asking')).display_name, 'Alva Lind');
      spotify.tokens.expireAccessTokens();
      // Our extension renews a token that is older than a minute by the clock of its host.
      await inOurHost.run('advanceClock', 61);
      assert.equal((await consumer.run('sdkProfile', 'asking')).display_name, 'Alva Lind');
      assert.deepEqual(statuses(), [200, 401, 200]);
      assert.equal(spotify.requests.count('token'), 1);
      const last = [...spotify.tokens.accessTokens.keys()].at(-1);
      assert.notEqual(last, first);
      const token = await consumer.run('sdkToken', 'asking');
      assert.deepEqual([token?.access_token, token?.refresh_token], [last, '']);

      spotify.requests.clear();
      const { headers, ...tooMany } = readyFaults.tooManyRequests(1);
      spotify.faults.next(1, { on: 'me', ...tooMany, headers: { ...headers, ...corsHeaders } });
      assert.equal((await consumer.run('fetchApi', 'asking', '/v1/me')).status, 200);
      assert.deepEqual(statuses(), [429, 200]);
      window.assertNoRefreshToken();
    });

    it(`return no token after the user has removed the extension from the trusted ones, ${host}`, async () => {
      const { requests } = window.editor.spotify;
      const { dialog, quickInput } = window.editor.workbench;
      const consumer = await window.consumer(name);
      await consumer.run('makeAdapters', 'asking', SCOPES, { ask: { detail: DETAIL } });
      await consumer.run('makeAdapters', 'silent', SCOPES, { ask: false });
      await assert.rejects(consumer.run('getAccessToken', 'silent'), { name: 'NoSessionError' });
      await signIn(consumer.run('getAccessToken', 'asking'));
      assert.equal((await consumer.run('sdkProfile', 'silent')).display_name, 'Alva Lind');

      const before = await consumer.run('countChanges');
      await window.removeTrust(name, 'Alva Lind');
      await consumer.untilChanges(before);
      requests.clear();
      for (const call of [
        consumer.run('getAccessToken', 'silent'),
        consumer.run('fetchApi', 'silent', '/v1/me'),
        consumer.run('sdkProfile', 'silent'),
        consumer.run('sdkToken', 'silent'),
      ]) {
        await assert.rejects(call, { name: 'NoSessionError' });
      }

      const refused = consumer.run('fetchApi', 'asking', '/v1/me');
      await dialog.waitFor(DETAIL);
      await dialog.clickButton('Cancel');
      await assert.rejects(refused, { message: 'User did not consent to login.' });
      assert.equal(requests.all.length, 0);

      const allowed = consumer.run('sdkProfile', 'asking');
      await dialog.waitFor(DETAIL);
      await dialog.clickButton('Allow');
      await quickInput.pick('Alva Lind');
      assert.equal((await allowed).display_name, 'Alva Lind');
      assert.equal((await consumer.run('fetchApi', 'silent', '/v1/me')).status, 200);
      assert.deepEqual(statuses(), [200, 200]);
      window.assertNoRefreshToken();
    });

    it(`let the user change the account in one call, and sign out by our command, ${host}`, async () => {
      const { dialog, quickInput } = window.editor.workbench;
      const consumer = await window.consumer(name);
      await consumer.run('makeAdapters', 'asking', SCOPES, { ask: { detail: DETAIL } });
      await signIn(consumer.run('getAccessToken', 'asking'));

      const ask = { clearSessionPreference: true, detail: DETAIL };
      const chosen = consumer.run('getAccessToken', 'asking', { ask });
      await dialog.waitFor(DETAIL);
      await dialog.clickButton('Allow');
      const tab = await window.editor.workbench.waitForPopup(() => quickInput.pick(ANOTHER));
      await agreeAs(tab, 'Noor Haddad');
      await tab.close();
      assert.equal(await consumer.run('getAccessToken', 'asking'), await chosen);
      assert.equal((await consumer.run('sdkProfile', 'asking')).display_name, 'Noor Haddad');

      const signingOut = consumer.run('runCommand', 'spotify-authentication.signOut');
      await quickInput.pick('Noor Haddad');
      await dialog.waitFor(name);
      await dialog.clickButton('Sign Out');
      await signingOut;
      const accounts = await consumer.run('getAccounts');
      assert.deepEqual(
        accounts.map(({ label }) => label),
        ['Alva Lind'],
      );
    });
  }
});
