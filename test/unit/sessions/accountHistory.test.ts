import assert from 'node:assert/strict';
import { AccountHistory } from '../../../src/sessions/accountHistory.ts';
import type { SessionWatcher } from '../../../src/sessions/sessionChangeEvent.ts';
import type { SessionStore } from '../../../src/sessions/sessionStore.ts';
import { signOut } from '../../../src/sessions/signOut.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { FakeMemento } from './fakeWindow.ts';
import { sampleSession } from './sampleSession.ts';

const alva = sampleSession();
const bo = sampleSession({
  id: 'second',
  account: { id: 'account-of-bo', profileId: 'bo', label: 'Bo' },
});
const nothing = { added: [], changed: [], removed: [] };

describe('the history of accounts', () => {
  let memory: FakeMemento;
  let sessions: StoredSession[];
  let watcher: SessionWatcher;
  let history: AccountHistory;

  const store = {
    all: () => Promise.resolve(sessions),
    remove: (id: string) => {
      sessions = sessions.filter((session) => session.id !== id);
      return Promise.resolve();
    },
    watch: (one: SessionWatcher) => ((watcher = one), { dispose: () => undefined }),
  } as unknown as SessionStore;

  beforeEach(() => {
    memory = new FakeMemento();
    sessions = [];
    history = new AccountHistory(memory, store);
  });

  const settled = () => new Promise(setImmediate);

  it('has the accounts that an earlier version signed in, once they are read', async () => {
    sessions = [alva, bo, sampleSession({ id: 'third', scopes: ['user-top-read'] })];
    watcher.loaded?.();
    await settled();
    assert.deepEqual(history.accounts, [alva.account, bo.account]);
  });

  it('has each account with each of its labels, also after the sign-out and a restart', () => {
    watcher.changed?.({ ...nothing, added: [alva] });
    watcher.changed?.({ ...nothing, removed: [alva] });
    const renamed = { ...alva.account, label: 'Alva L.' };
    watcher.changed?.({ ...nothing, added: [sampleSession({ account: renamed })] });
    watcher.changed?.({ ...nothing, added: [alva] });
    const restarted = new AccountHistory(memory, store);
    assert.deepEqual(restarted.accounts, [alva.account, renamed]);
  });

  it('knows of a sign-out until the next sign-in', async () => {
    sessions = [alva, bo];
    assert.equal(history.hasSignedOut, false);
    await signOut('first', { store, history });
    assert.equal(new AccountHistory(memory, store).hasSignedOut, true);
    watcher.changed?.({ ...nothing, changed: [bo] });
    assert.equal(history.hasSignedOut, true);
    watcher.changed?.({ ...nothing, added: [alva] });
    assert.equal(history.hasSignedOut, false);
  });

  it('is empty if its record has another form', async () => {
    for (const record of [undefined, 'Alva', [null, 7, { id: 'x' }], { label: 'Alva' }]) {
      await memory.update('accounts', record);
      assert.deepEqual(history.accounts, []);
    }
  });

  it('costs no sign-out if it cannot be stored', async () => {
    memory.update = () => Promise.reject(new Error('full'));
    sessions = [alva];
    await signOut('first', { store, history });
    assert.deepEqual(sessions, []);
  });

  it('removes the suspended sessions with the last visible one of their account', async () => {
    const suspended = sampleSession({ id: 'third', suspendedAt: 1_790_000_100 });
    const wide = sampleSession({ id: 'fourth' });
    sessions = [alva, bo, suspended, wide];
    await signOut('first', { store, history });
    assert.deepEqual(sessions, [bo, suspended, wide]);
    await signOut('fourth', { store, history });
    assert.deepEqual(sessions, [bo]);
  });
});
