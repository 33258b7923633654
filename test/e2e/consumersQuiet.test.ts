import assert from 'node:assert/strict';
import { agreeAs } from '../editorFixture.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SCOPES = ['user-read-private'];
const SIGN_IN = 'Sign in with Spotify to use Consumer A (1)';
const GRANT_ACCESS = 'Grant access to Spotify for Consumer B... (1)';

/** About src/provider/authenticationProvider.ts. */
describe('a session request without a dialog', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;

  beforeEach(() => (window = shared.current));

  it('returns no session and shows nothing, if it is silent and the extension is not allowed', async () => {
    const { spotify, workbench } = window.editor;
    const [a, b] = [await window.consumer('Consumer A'), await window.consumer('Consumer B')];
    assert.equal(await a.silentSession(SCOPES), undefined);
    await assertNothingShown(window);
    assert.deepEqual(await workbench.notifications.texts(), []);
    assert.equal(spotify.requests.all.length, 0);

    await window.signIn(b, 'Alva Lind', SCOPES);
    assert.ok(await b.silentSession(SCOPES));
    spotify.requests.clear();
    assert.equal(await a.silentSession(SCOPES), undefined, 'the user has not allowed it');
    await assertNothingShown(window);
    assert.equal(spotify.requests.all.length, 0);
  });

  it('waits in the Accounts menu for a sign-in, or for access to an account that is signed in', async () => {
    const { workbench } = window.editor;
    const { accounts, quickInput, dialog } = workbench;
    const [a, b] = [await window.consumer('Consumer A'), await window.consumer('Consumer B')];
    assert.equal(await a.getSession(SCOPES), undefined);
    await accounts.untilBadge('1');
    assert.ok((await accounts.open()).includes(SIGN_IN));
    await agreeAs(await workbench.waitForPopup(() => accounts.click(SIGN_IN)), 'Alva Lind');
    await accounts.untilBadge('');
    const session = await a.silentSession(SCOPES);
    assert.equal(session?.account.label, 'Alva Lind');
    assert.ok(!(await accounts.open()).includes(SIGN_IN));
    await accounts.close();

    assert.equal(await b.getSession(SCOPES), undefined);
    await accounts.untilBadge('1');
    assert.ok((await accounts.open()).includes(GRANT_ACCESS));
    await accounts.click(GRANT_ACCESS);
    await quickInput.pick('Alva Lind');
    await accounts.untilBadge('');
    assert.deepEqual(await b.silentSession(SCOPES), session);
    assert.ok(!(await accounts.open()).includes(GRANT_ACCESS));
    assert.equal(await dialog.isOpen(), false);
  });
});

async function assertNothingShown({ editor }: ConsumerEditor): Promise<void> {
  const { accounts, dialog } = editor.workbench;
  assert.equal(await accounts.badge(), '');
  assert.deepEqual(
    (await accounts.open()).filter((entry) => entry.includes('Consumer')),
    [],
  );
  await accounts.close();
  assert.equal(await dialog.isOpen(), false);
}
