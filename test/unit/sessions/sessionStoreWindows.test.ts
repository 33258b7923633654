import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { FileSessionRevisions } from '../../../src/node/fileSessionRevisions.ts';
import { SessionTokenCache } from '../../../src/sessions/sessionTokenCache.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { passTime, resetClock } from './clock.ts';
import type { Window } from './fakeWindow.ts';
import { Machine } from './machine.ts';
import { sampleSession } from './sampleSession.ts';

const session = sampleSession();
const token = { ...session.token, accessToken: 'BQy', refreshToken: 'AQy' };

/** About src/sessions/sessionStore.ts. */
describe('the SessionStores of several windows', () => {
  let machine: Machine;
  let one: Window;
  let other: Window;

  beforeEach(async () => {
    machine = new Machine();
    machine.secrets.lagMs = 50;
    machine.keep(session);
    [one, other] = [await machine.open(), await machine.open()];
  });
  afterEach(() => {
    resetClock();
    machine.close();
  });

  const tokensTold = ({ changes }: Window) =>
    changes.map((change) =>
      Object.entries(change as unknown as Record<string, StoredSession[]>).flatMap(
        ([what, sessions]) => sessions.map((told) => `${what} ${told.token.accessToken}`),
      ),
    );

  /** Begins a refresh with the token that this window has now; the returned function stores its result. */
  async function refreshResult({ store }: Window) {
    const cache = new SessionTokenCache(store, session.id, { info: () => undefined } as never);
    await cache.get();
    return () => cache.set(token);
  }

  async function assertSignedOut() {
    await machine.settled();
    for (const window of [one, other]) {
      assert.deepEqual(await window.store.all(), []);
      assert.deepEqual(tokensTold(window).at(-1)?.[0]?.split(' ')[0], 'removed');
      assert.equal(window.changes.filter(({ removed }) => removed.length > 0).length, 1);
      assert.ok(window.changes.every(({ added }) => added.length === 0));
    }
    assert.ok(!machine.secrets.stored.has('session:first'));
  }

  it('each tell their watchers once of a change, though events come late and twice', async () => {
    await one.store.remove(session.id);
    await machine.settled();
    await one.store.put(sampleSession({ id: 'second' }));
    await machine.settled();
    await other.store.put(sampleSession({ id: 'second', token }));
    await machine.settled();
    await one.store.remove('second');
    await machine.settled();
    for (const window of [one, other]) {
      assert.deepEqual(tokensTold(window), [
        ['removed BQx'],
        ['added BQx'],
        ['changed BQy'],
        ['removed BQy'],
      ]);
    }
  });

  it('agree on a sign-out before the result of a refresh', async () => {
    const store = await refreshResult(other);
    await one.store.remove(session.id);
    await store();
    await assertSignedOut();
  });

  it('agree on a sign-out after the result of a refresh', async () => {
    const store = await refreshResult(other);
    await store();
    await one.store.remove(session.id);
    await assertSignedOut();
  });

  it('agree on a sign-out at the same time as the result of a refresh', async () => {
    const store = await refreshResult(other);
    await Promise.all([store(), one.store.remove(session.id)]);
    await assertSignedOut();
  });

  it('drop the result of a refresh after a sign-out in the same window', async () => {
    const store = await refreshResult(one);
    await one.store.remove(session.id);
    await store();
    await assertSignedOut();
  });

  it('store no session under the id of one that was signed out', async () => {
    await one.store.remove(session.id);
    assert.equal(await other.store.put(session), undefined);
    await assertSignedOut();
  });

  it('do not bring a signed-out session back that a killed window has stored after the sign-out', async () => {
    const secret = `session:${session.id}`;
    const record = machine.secrets.stored.get(secret) ?? '';
    await one.store.remove(session.id);
    await machine.settled();
    machine.secrets.stored.set(secret, record);
    machine.secrets.refusesWrites = true;
    const tombstone = path.join(machine.folder, `${session.id}.removed`);
    utimesSync(tombstone, 0, 0);
    assert.deepEqual(await (await machine.open()).store.all(), []);
    machine.secrets.refusesWrites = false;
    assert.ok(statSync(tombstone).mtimeMs > 0, 'a day later the record is still one of a sign-out');
    assert.deepEqual(await (await machine.open()).store.all(), []);
    assert.equal(machine.secrets.stored.has(secret), false);
  });

  it('drop the result of a refresh after a new consent in another window', async () => {
    const store = await refreshResult(other);
    const consent = { ...token, accessToken: 'BQz', refreshToken: 'AQz' };
    await one.store.put(sampleSession({ token: consent }));
    await store();
    await machine.settled();
    for (const { store: sessions } of [one, other]) {
      assert.deepEqual((await sessions.all())[0]?.token, consent);
    }
  });

  it('never replace a record by an older one', async () => {
    const [mine, theirs] = [
      await machine.open({ folder: undefined }),
      await machine.open({ folder: undefined }),
    ];
    await mine.store.put(session);
    const newest = await mine.store.put(sampleSession({ token }));
    await theirs.store.put(session);
    await machine.settled();
    assert.equal(newest?.revision, 3);
    for (const { store } of [mine, theirs]) assert.deepEqual(await store.all(), [newest]);
  });

  for (const first of ['refusal', 'token']) {
    it(`keep a new token if another window stores a refusal of the old one at the same time, the ${first} first`, async () => {
      const [mine, theirs] = [
        await machine.open({ folder: undefined }),
        await machine.open({ folder: undefined }),
      ];
      const writes = [
        () => mine.store.put(sampleSession({ suspendedAt: 1_790_000_100 })),
        () => theirs.store.put(sampleSession({ token })),
      ];
      if (first === 'token') writes.reverse();
      await Promise.all(writes.map((write) => write()));
      await machine.settled();
      for (const { store } of [mine, theirs, await machine.open()]) {
        const [kept] = await store.all();
        assert.deepEqual([kept?.token, kept?.suspendedAt], [token, undefined]);
      }
      assert.deepEqual(tokensTold(theirs), [['changed BQy']]);
    });
  }

  it('suspend no session whose record another window has replaced since the refused token was read', async () => {
    const [read] = await one.store.all();
    assert.ok(read);
    const renewed = await other.store.put(sampleSession({ token }));
    assert.equal(await one.store.put({ ...read, suspendedAt: 1_790_000_100 }), undefined);
    await machine.settled();
    for (const { store } of [one, other]) assert.deepEqual(await store.all(), [renewed]);
  });

  it('remove no session whose record another window has replaced since the refused token was read', async () => {
    const [read] = await one.store.all();
    const renewed = await other.store.put(sampleSession({ token }));
    assert.equal(await one.store.remove(session.id, read?.revision), false);
    await machine.settled();
    for (const { store } of [one, other]) assert.deepEqual(await store.all(), [renewed]);
  });

  it('read a record again until it has the known revision', async () => {
    const newer = await one.store.put(sampleSession({ token }));
    assert.deepEqual((await other.store.all())[0]?.token, session.token);
    assert.deepEqual(await other.store.reread(session.id), newer);
  });

  it('wait at most a second for the record with the known revision', async () => {
    await new FileSessionRevisions(machine.folder).setRevision(session.id, 9);
    const reading = one.store.reread(session.id);
    let over = false;
    void reading.then(() => (over = true));
    for (let turns = 0; turns < 100; turns++) await new Promise(setImmediate);
    assert.equal(over, false);
    passTime(1);
    assert.deepEqual(await reading, session);
  });

  it('give a new record a higher revision than the known one, whichever they have read', async () => {
    await new FileSessionRevisions(machine.folder).setRevision(session.id, 9);
    assert.equal((await one.store.put(session))?.revision, 10);
    assert.equal((await one.store.put(session))?.revision, 11);
  });

  it('leave no file in the folder if an unknown session is signed out', async () => {
    await one.store.remove('unknown');
    assert.deepEqual(readdirSync(machine.folder), []);
  });

  it('leave no token in the folder', async () => {
    await one.store.put(sampleSession({ token }));
    await one.store.put(sampleSession({ id: 'second', token }));
    await one.store.remove(session.id);
    const files = readdirSync(machine.folder);
    assert.deepEqual(files.sort(), ['first.removed', 'second.generation']);
    const text = files.map((file) => readFileSync(path.join(machine.folder, file), 'utf8')).join();
    assert.equal(text, ',1');
  });
});
