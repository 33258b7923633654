import assert from 'node:assert/strict';
import type { Log } from '../../../src/log.ts';
import { type SessionChange, SessionStore } from '../../../src/sessions/sessionStore.ts';
import { FakeSecrets } from './fakeSecretStorage.ts';
import { sampleSession } from './sampleSession.ts';

describe('SessionStore', () => {
  let secrets: FakeSecrets;
  let warnings: string[];

  beforeEach(() => {
    secrets = new FakeSecrets();
    warnings = [];
  });

  const log = new Proxy({} as Log, { get: () => (message: string) => warnings.push(message) });

  /** A window's store and what it told of changes. */
  async function openWindow() {
    const store = new SessionStore(secrets.window(), log);
    const changes: SessionChange[] = [];
    store.onDidChange((change) => changes.push(change));
    await store.list();
    return { store, changes };
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
      { added: [session], changed: [], removed: [] },
      { added: [], changed: [renewed], removed: [] },
      { added: [], changed: [], removed: [renewed] },
    ];
    assert.deepEqual([one.changes, other.changes], [expected, expected]);
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
    const { store } = await openWindow();
    await store.put(sampleSession());
    assert.deepEqual(await store.list(), [sampleSession()]);
    assert.deepEqual([...secrets.stored.keys()].slice(0, 3), Object.keys(unreadable));
    assert.equal(warnings.length, 3);
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
    const store = new SessionStore(
      {
        ...storage,
        keys: () => (failures-- > 0 ? Promise.reject(new Error('not yet')) : storage.keys()),
      },
      log,
    );
    await assert.rejects(store.list(), /not yet/);
    assert.equal((await store.list()).length, 1);
  });
});
