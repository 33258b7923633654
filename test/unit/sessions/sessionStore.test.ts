import assert from 'node:assert/strict';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { FakeSecrets } from './fakeSecrets.ts';
import { Window } from './fakeWindow.ts';
import { sampleSession } from './sampleSession.ts';

describe('SessionStore', () => {
  let secrets: FakeSecrets;

  beforeEach(() => (secrets = new FakeSecrets()));

  async function openWindow() {
    const window = new Window({ secrets: secrets.window() });
    await window.store.list();
    return window;
  }

  /** Resolves when a store has dealt with every event it has heard of. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('has a session after a restart', async () => {
    const session = sampleSession();
    await (await openWindow()).store.put(session);
    assert.deepEqual(await (await openWindow()).store.list(), [session]);
  });

  it('tells each window once of an added, changed and removed session', async () => {
    const [one, other] = [await openWindow(), await openWindow()];
    const session = sampleSession();
    const renewed = sampleSession({ token: { accessToken: 'BQy', expiresAt: 2_000_000_001 } });
    for (const step of [
      () => one.store.put(session),
      () => one.store.put(session),
      () => one.store.put(renewed),
      () => one.store.remove(session.id),
      () => one.store.remove(session.id),
    ]) {
      await step();
      await settled();
    }
    const expected = [
      { added: ['BQx'], changed: [], removed: [] },
      { added: [], changed: ['BQy'], removed: [] },
      { added: [], changed: [], removed: ['BQy'] },
    ];
    const tokens = (sessions: readonly StoredSession[]) => sessions.map((s) => s.token.accessToken);
    for (const { changes } of [one, other]) {
      const told = changes.map(({ added, changed, removed }) => ({
        added: tokens(added),
        changed: tokens(changed),
        removed: tokens(removed),
      }));
      assert.deepEqual(told, expected);
    }
  });

  it('says nothing of events without a change', async () => {
    const { store, changes } = await openWindow();
    await store.put(sampleSession());
    secrets.fire('session:first');
    secrets.fire('session:unknown');
    secrets.fire('something-else');
    await settled();
    assert.equal(changes.length, 1);
  });

  it('leaves alone what it cannot read, and reads the rest', async () => {
    const unreadable = {
      'session:a': 'not json',
      'session:b': '{"version":99}',
      'session:c': JSON.stringify({ ...sampleSession(), version: 1, token: {} }),
    };
    for (const [key, text] of Object.entries(unreadable)) secrets.stored.set(key, text);
    const window = await openWindow();
    await window.store.put(sampleSession());
    assert.deepEqual(await window.store.list(), [sampleSession()]);
    assert.deepEqual([...secrets.stored].slice(0, 3), Object.entries(unreadable));
    // The second was written by a newer version, which will read it.
    assert.deepEqual(window.unreadable, ['session:a', 'session:c']);
  });

  it('claims nothing that SecretStorage refused to keep', async () => {
    const { store, changes } = await openWindow();
    secrets.refusesWrites = true;
    await assert.rejects(store.put(sampleSession()), /locked/);
    assert.deepEqual([await store.list(), changes], [[], []]);
  });

  it('reads again after SecretStorage could not be read', async () => {
    secrets.stored.set('session:first', JSON.stringify({ version: 1, ...sampleSession() }));
    const storage = secrets.window();
    let failures = 1;
    const keys = () => (failures-- > 0 ? Promise.reject(new Error('not yet')) : storage.keys());
    const { store } = new Window({ secrets: { ...storage, keys } });
    await assert.rejects(store.list(), /not yet/);
    assert.equal((await store.list()).length, 1);
  });
});
