import assert from 'node:assert/strict';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { readyFaults } from '../../spotify/index.ts';
import { useDemoApp, useNewApp } from '../asConsumer.ts';
import { MovedClock } from '../movedClock.ts';
import { integrationSuite } from '../suite.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';

const DAY = 24 * 3600;
const LISTS = [['user-read-private'], ['user-top-read'], ['user-library-read']];
const ENDED = /^Spotify has ended the session of Alva Lind\./;

/** About src/provider/sessionNotices.ts and src/provider/sharedNotice.ts. */
describe('a notice about three sessions of one account', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  beforeEach(async () => {
    for (const list of LISTS) await suite.editor.window.provider.createSession(list);
    await expireAll();
  });

  async function expireAll(): Promise<void> {
    const { storage, window } = suite.editor;
    const expiresAt = Date.now() / 1000 - 1;
    for (const session of storage.records()) {
      await window.age({ token: { ...session.token, expiresAt } }, session);
    }
    suite.spotify.requests.clear();
  }

  /** Ends all sessions of the user, as a password reset does. */
  function resetPassword(): void {
    const { spotify } = suite;
    const alva = spotify.users.get('alva');
    assert.ok(alva);
    for (const app of spotify.apps.values()) spotify.tokens.revoke(alva, app);
  }

  const sessionsOf = async (list: readonly string[], { provider } = suite.editor.window) =>
    (await provider.getSessions(list)).length;

  async function refuseAll(windows: readonly TestWindow[]): Promise<void> {
    const asked = LISTS.map((list, index) => sessionsOf(list, windows[index % windows.length]));
    assert.deepEqual(await Promise.all(asked), [0, 0, 0]);
    for (const window of windows) await window.allMessagesShown();
  }

  it('is one message when Spotify has ended all, and one sign-in repairs all', async () => {
    const { spotify } = suite;
    const { storage, window, messages } = suite.editor;
    resetPassword();
    await refuseAll([window]);
    assert.equal(messages.all.length, 1);
    spotify.requests.clear();
    (await messages.waitFor(ENDED)).answer('Sign In Again');
    while (storage.records().length > 1) await window.allMessagesShown();
    const asked = spotify.requests.to('authorize').map(({ query }) => query.get('scope'));
    assert.deepEqual(
      asked.map((scope) => scope?.split(' ').sort()),
      [LISTS.flat().sort()],
    );
    for (const list of LISTS) assert.equal(await sessionsOf(list), 1);
    assert.equal(messages.all.length, 1);
  });

  it('is one message in two windows that are refused at once', async () => {
    const { storage, window, messages } = suite.editor;
    using other = new TestWindow(storage);
    await other.provider.getSessions(undefined);
    resetPassword();
    await refuseAll([window, other]);
    assert.equal(messages.all.length, 1);
  });

  it('repairs a session that Spotify has ended and nobody has asked for yet', async () => {
    const { storage, window, messages } = suite.editor;
    resetPassword();
    assert.equal(await sessionsOf(LISTS[0] ?? []), 0);
    (await messages.waitFor(ENDED)).answer('Sign In Again');
    while (storage.records().length < 3 || storage.records().some(isSuspended)) {
      await window.allMessagesShown();
    }
    for (const list of LISTS) assert.equal(await sessionsOf(list), 1);
    await window.allMessagesShown();
    assert.equal(messages.all.length, 1);
  });

  it('is another message for a session that had a new token since', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.equal(await sessionsOf(LISTS[0] ?? []), 0);
    assert.equal(await sessionsOf(LISTS[1] ?? []), 1);
    await window.allMessagesShown();
    assert.equal(messages.all.length, 1);
    await expireAll();
    resetPassword();
    assert.equal(await sessionsOf(LISTS[1] ?? []), 0);
    await window.allMessagesShown();
    assert.deepEqual(
      messages.texts.map((text) => text.startsWith('Spotify has ended the session of Alva Lind.')),
      [true, true],
    );
  });

  it('is another message for another account', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    spotify.behaviour.consent = { agreeAs: 'noor' };
    await window.provider.createSession(LISTS[0] ?? []);
    await expireAll();
    spotify.faults.next(2, readyFaults.falseInvalidGrant);
    assert.equal(await sessionsOf(LISTS[0] ?? []), 0);
    await window.allMessagesShown();
    assert.deepEqual(messages.texts.map((text) => text.split('.')[0]).sort(), [
      'Spotify has ended the session of Alva Lind',
      'Spotify has ended the session of Noor Haddad',
    ]);
  });

  it('is not shown for a session whose scopes another one covers', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    await window.provider.createSession(LISTS.flat());
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.equal(await sessionsOf(LISTS[0] ?? []), 1);
    await window.allMessagesShown();
    assert.deepEqual(messages.texts, []);
  });

  it('is one warning before the six months end, and one sign-in renews all', async () => {
    const { spotify } = suite;
    const { storage, window, messages } = suite.editor;
    using clock = new MovedClock();
    clock.aheadSeconds = (181 - 13.9) * DAY;
    const askAll = async () => {
      for (const list of LISTS) await sessionsOf(list);
      await window.allMessagesShown();
    };
    await askAll();
    assert.equal(messages.all.length, 1);
    spotify.requests.clear();
    (await messages.waitFor(/^Spotify ends the session of Alva Lind in 14 days\./)).answer(
      'Sign In Again',
    );
    while (storage.records().length < 4) await window.allMessagesShown();
    assert.equal(spotify.requests.count('authorize'), 1);
    clock.aheadSeconds = (181 - 2.9) * DAY;
    await askAll();
    assert.equal(messages.all.length, 1);
  });

  it('is one message if Spotify no longer knows their app', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    const app = await useNewApp(spotify);
    try {
      for (const list of LISTS) await window.provider.createSession(list);
      await expireAll();
      spotify.apps.delete(app.clientId);
      for (const list of LISTS) await window.provider.getSessions(list).catch(() => undefined);
      await window.allMessagesShown();
      assert.equal(messages.all.length, 1);
    } finally {
      await useDemoApp();
    }
  });
});

const isSuspended = ({ suspendedAt }: StoredSession): boolean => suspendedAt !== undefined;
