import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { FakeSecrets } from './fakeSecrets.ts';
import { Window } from './fakeWindow.ts';
import { sampleSession } from './sampleSession.ts';

describe('SessionStore', () => {
  let secrets: FakeSecrets;

  beforeEach(() => (secrets = new FakeSecrets()));

  async function openWindow(folder?: string) {
    const window = new Window({ secrets: secrets.window(), folder });
    await window.store.list();
    return window;
  }

  /** Resolves when every store has handled its events. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('has a session after a restart', async () => {
    const session = sampleSession();
    await (await openWindow()).store.put(session);
    assert.deepEqual(await (await openWindow()).store.list(), [session]);
  });

  it('ignores the parts of a long secret, which one editor lists as secrets', async () => {
    const session = sampleSession({ id: '6b2f9f0e-8f0c-4b61-9c7c-5d2c5f1a1234' });
    const text = serializeSession(session);
    secrets.stored.set(`session:${session.id}`, text);
    for (const part of [1, 12]) secrets.stored.set(`session:${session.id}-${part}`, text.slice(9));
    const window = await openWindow();
    assert.deepEqual(await window.store.list(), [session]);
    await secrets.window().store(`session:${session.id}-1`, text.slice(99));
    await settled();
    assert.deepEqual([window.unreadable, window.changes], [[], []]);
    assert.equal(secrets.stored.size, 3);
  });

  it('tells the watchers of each window once of an added, changed and removed session', async () => {
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

  it('tells its watchers nothing of events without a change', async () => {
    const { store, changes } = await openWindow();
    await store.put(sampleSession());
    secrets.fire('session:first');
    secrets.fire('session:unknown');
    secrets.fire('something-else');
    await settled();
    assert.equal(changes.length, 1);
  });

  it('leaves records in place that it cannot read, and reads the rest', async () => {
    const unreadable = {
      'session:a': 'not json',
      'session:b': '{"version":99}',
      'session:c': serializeSession({ ...sampleSession(), token: {} as never }),
      'session:d': serializeSession(sampleSession()),
    };
    for (const [key, text] of Object.entries(unreadable)) secrets.stored.set(key, text);
    const window = await openWindow();
    await window.store.put(sampleSession());
    assert.deepEqual(await window.store.list(), [sampleSession()]);
    assert.deepEqual([...secrets.stored].slice(0, 4), Object.entries(unreadable));
    // A newer version wrote the second one, and will read it.
    assert.deepEqual(window.unreadable, ['session:a', 'session:c', 'session:d']);
  });

  it('adds no session that SecretStorage refuses', async () => {
    const { store, changes } = await openWindow();
    secrets.refusesWrites = true;
    await assert.rejects(store.put(sampleSession()), /locked/);
    assert.deepEqual([await store.list(), changes], [[], []]);
  });

  it('changes and removes no session if SecretStorage refuses', async () => {
    const { store, changes } = await openWindow();
    const session = await store.put(sampleSession());
    changes.length = 0;
    secrets.refusesWrites = true;
    const token = { accessToken: 'BQy', expiresAt: 2_000_000_001 };
    await assert.rejects(store.put(sampleSession({ token })), /locked/);
    await assert.rejects(store.remove('first'), /locked/);
    assert.deepEqual([await store.list(), changes], [[session], []]);
  });

  it('keeps a session in memory as long as the window is open, if it is told to', async () => {
    const { store, changes } = await openWindow();
    const session = await store.put(sampleSession());
    assert.ok(session);
    const renewed = { ...session, token: { accessToken: 'BQy', expiresAt: 2_000_000_001 } };
    store.putInMemory(renewed);
    secrets.fire('session:first');
    assert.deepEqual(await store.reread('first'), { ...renewed, revision: 2 });
    assert.deepEqual(changes.at(-1)?.changed, [{ ...renewed, revision: 2 }]);
    assert.deepEqual(await (await openWindow()).store.list(), [session]);
  });

  it('keeps its session if the record becomes unreadable, and replaces the record with the next write', async () => {
    const window = await openWindow();
    const { store, unreadable, changes } = window;
    await store.put(sampleSession());
    changes.length = 0;
    await secrets.window().store('session:first', 'not json');
    assert.deepEqual(await store.reread('first'), sampleSession());
    assert.deepEqual([changes, [...new Set(unreadable)]], [[], ['session:first']]);
    assert.equal(secrets.stored.get('session:first'), 'not json');
    await store.put(sampleSession());
    assert.deepEqual((await (await openWindow()).store.list())[0]?.revision, 2);
  });

  it('removes an unreadable record if it is told to', async () => {
    secrets.stored.set('session:a', 'not json');
    const { store } = await openWindow();
    await store.removeUnreadable('session:a');
    assert.equal(secrets.stored.has('session:a'), false);
  });

  it('does not remove a record that has become readable, or that a newer version wrote', async () => {
    secrets.stored.set('session:first', 'not json');
    secrets.stored.set('session:newer', '{"version":99}');
    const { store, unreadable } = await openWindow();
    assert.deepEqual(unreadable, ['session:first']);
    const session = await store.put(sampleSession());
    for (const key of ['session:first', 'session:newer']) await store.removeUnreadable(key);
    assert.deepEqual(await (await openWindow()).store.list(), [session]);
    assert.ok(secrets.stored.has('session:newer'));
  });

  it('lists the oldest consent first, and no suspended session', async () => {
    const { store } = await openWindow();
    await store.put(sampleSession({ id: 'younger', consentedAt: 3 }));
    await store.put(sampleSession({ id: 'older', consentedAt: 1 }));
    await store.put(sampleSession({ id: 'suspended', consentedAt: 2, suspendedAt: 4 }));
    const ids = (sessions: readonly StoredSession[]) => sessions.map(({ id }) => id);
    assert.deepEqual(ids(await store.all()), ['older', 'suspended', 'younger']);
    assert.deepEqual(ids(await store.list()), ['older', 'younger']);
  });

  it('returns the same array until a session changes', async () => {
    const { store } = await openWindow();
    const none = await store.all();
    await store.put(sampleSession());
    const one = await store.all();
    assert.notEqual(one, none);
    await store.reread('first');
    assert.equal(await store.all(), one);
    await store.remove('first');
    assert.deepEqual(await store.all(), []);
  });

  it('tells its watchers nothing after it was disposed of', async () => {
    const { store, changes } = await openWindow();
    store.dispose();
    await (await openWindow()).store.put(sampleSession());
    await settled();
    assert.deepEqual(changes, []);
  });

  it('reads nothing before the first call, even after change events', async () => {
    const { store } = new Window({ secrets: secrets.window() });
    await secrets.window().store('session:first', 'not json');
    await settled();
    assert.equal(secrets.reads, 0);
    store.dispose();
  });

  it('keeps a session signed in if SecretStorage refuses to delete it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'store-'));
    const { store } = await openWindow(folder);
    await store.put(sampleSession());
    secrets.refusesWrites = true;
    await assert.rejects(store.remove('first'), /locked/);
    secrets.refusesWrites = false;
    assert.ok(await store.put(sampleSession()));
    assert.equal((await store.list()).length, 1);
    await rm(folder, { recursive: true });
  });

  it('reads again at the next call if SecretStorage could not be read', async () => {
    secrets.stored.set('session:first', serializeSession(sampleSession()));
    const storage = secrets.window();
    let failures = 1;
    const keys = () => (failures-- > 0 ? Promise.reject(new Error('not yet')) : storage.keys());
    const { store } = new Window({ secrets: { ...storage, keys } });
    await assert.rejects(store.list(), /not yet/);
    assert.equal((await store.list()).length, 1);
  });
});
