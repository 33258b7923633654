import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { integrationSuite } from '../suite.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';

const ALVA = { id: 'account-of-alva', label: 'Alva Lind' };
const BUTTON = 'Use Another Account';

/** About src/signIn/otherAccount.ts, src/sessions/accountHistory.ts and src/sessions/signOut.ts. */
describe('Spotify’s dialog, in which the user can change the account', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  const signIn = (of = suite.editor.window, account?: typeof ALVA) =>
    of.provider.createSession(SCOPES, { ...(account && { account }) });

  const dialogs = () =>
    suite.spotify.requests.to('authorize').map(({ query }) => query.get('show_dialog'));

  async function signInAndOut(): Promise<void> {
    const { provider } = suite.editor.window;
    await provider.removeSession((await signIn()).id);
  }

  it('is shown by the first sign-in after a sign-out', async () => {
    await signInAndOut();
    await signIn();
    assert.deepEqual(dialogs(), [null, 'true']);
  });

  it('is shown after a sign-out for a requested account, too', async () => {
    await signInAndOut();
    await signIn(suite.editor.window, ALVA);
    await signIn(suite.editor.window, ALVA);
    assert.deepEqual(dialogs(), [null, 'true', null]);
  });

  it('is shown after a sign-out in another window, and after a restart', async () => {
    const { storage } = suite.editor;
    await signInAndOut();
    using other = new TestWindow(storage);
    await signIn(other);
    assert.deepEqual(dialogs(), [null, 'true']);
  });

  it('is shown until a sign-in succeeds', async () => {
    const { spotify } = suite;
    await signInAndOut();
    spotify.behaviour.consent = 'deny';
    await assert.rejects(signIn());
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await signIn();
    assert.deepEqual(dialogs(), [null, 'true', 'true']);
  });

  it('is shown after a sign-out, though the account of an earlier consent could not be asked for', async () => {
    const { spotify, editor } = suite;
    const more = [...SCOPES, 'user-top-read'];
    const { id } = await signIn();
    spotify.faults.next(1, { on: 'me', ...readyFaults.quotaExceeded() });
    await assert.rejects(editor.window.provider.createSession(more));
    await editor.window.provider.removeSession(id);
    await editor.window.provider.createSession(more);
    assert.deepEqual(dialogs(), [null, 'true', 'true']);
  });

  it('is not asked for if the sessions were lost without a sign-out', async () => {
    const { storage, window } = suite.editor;
    await signIn();
    await window.store.remove(storage.record().id);
    await signIn();
    assert.deepEqual(dialogs(), [null, null]);
  });

  it('is not asked for again once somebody has signed in since the sign-out', async () => {
    const { storage, window } = suite.editor;
    await signInAndOut();
    await signIn();
    await window.store.remove(storage.record().id);
    await signIn();
    assert.deepEqual(dialogs(), [null, 'true', null]);
  });

  describe('if the sign-in did not ask for it', () => {
    it('is opened by a button of the message, and the other account replaces the first', async () => {
      const { spotify } = suite;
      const { storage, window, messages } = suite.editor;
      const { id } = await signIn();
      const [greeting] = messages.greetings;
      assert.deepEqual(greeting?.buttons, [BUTTON]);
      spotify.behaviour.consent = { agreeAs: 'noor' };
      window.events.length = 0;
      greeting.answer(BUTTON);
      const noor = await messages.waitFor(/^You are signed in to Spotify as Noor Haddad\.$/);
      while (window.events.length < 2) await window.allMessagesShown();
      assert.equal(storage.record().account.label, 'Noor Haddad');
      assert.deepEqual(dialogs(), [null, 'true']);
      // There is always a session: the first one goes last.
      const added = storage.record().id;
      assert.deepEqual(window.events, [
        { added: [added], changed: [], removed: [] },
        { added: [], changed: [], removed: [id] },
      ]);
      assert.deepEqual(noor.buttons, []);
    });

    it('is opened by the button, and the session stays if the account is the same', async () => {
      const { storage, messages } = suite.editor;
      const { id } = await signIn();
      const { consentedAt } = storage.record();
      messages.greetings[0]?.answer(BUTTON);
      while (messages.greetings.length < 2) await suite.editor.window.allMessagesShown();
      assert.equal(storage.record().id, id);
      assert.ok(storage.record().consentedAt > consentedAt);
    });

    it('is not opened by the button if another account has signed in meanwhile', async () => {
      const { spotify } = suite;
      const { storage, messages } = suite.editor;
      await signIn();
      spotify.behaviour.consent = { agreeAs: 'noor' };
      using other = new TestWindow(storage);
      await signIn(other);
      messages.greetings[0]?.answer(BUTTON);
      while (messages.greetings.length < 3) await suite.editor.window.allMessagesShown();
      const told = messages.greetings.map(({ text }) => text.replace(/.* as /, ''));
      assert.deepEqual(told, ['Alva Lind.', 'Noor Haddad.', 'Noor Haddad.']);
      assert.equal(dialogs().length, 2);
      assert.equal(storage.records().length, 2);
    });

    it('has no button if the account was requested', async () => {
      const { messages } = suite.editor;
      await signIn(suite.editor.window, ALVA);
      assert.deepEqual(messages.greetings[0]?.buttons, []);
    });

    it('leaves the session if the user does not sign in with another account', async () => {
      const { spotify } = suite;
      const { storage, messages } = suite.editor;
      const { id } = await signIn();
      spotify.behaviour.consent = 'deny';
      messages.greetings[0]?.answer(BUTTON);
      await messages.waitFor(/^You declined access on Spotify’s page/);
      assert.equal(storage.record().id, id);
    });
  });
});
