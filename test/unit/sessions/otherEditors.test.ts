import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import type { SecretStorage } from 'vscode';
import { retriedReads } from '../../../src/node/retriedReads.ts';
import { FakeSecrets } from './fakeSecrets.ts';
import { FakeMemento, type Window } from './fakeWindow.ts';
import { Machine } from './machine.ts';
import { sampleSession } from './sampleSession.ts';

const ID = '6b2f9f0e-8f0c-4b61-9c7c-5d2c5f1a1234';
const KEY = `session:${ID}`;
const session = sampleSession({ id: ID });
const rotated = { ...session.token, accessToken: 'BQy', refreshToken: 'AQy' };

/** Returns the SecretStorage of a window in such an editor. */
type Change = (secrets: SecretStorage) => SecretStorage;

const listing =
  (keys: (real: string[]) => string[]): Change =>
  (secrets) => ({ ...secrets, keys: async () => keys(await secrets.keys()) });

/** Makes the first call of each method that reads reject. */
const untried: Change = (secrets) => {
  const tried = new Set<string>();
  const first = (name: string) => {
    if (tried.has(name)) return;
    tried.add(name);
    throw new Error('no D-Bus');
  };
  return {
    ...secrets,
    keys: async () => (first('keys'), secrets.keys()),
    get: async (key) => (first(key), secrets.get(key)),
  };
};

const silent: Change = (secrets) => ({
  ...secrets,
  onDidChange: () => ({ dispose: () => undefined }),
});

const UNLISTED = listing(() => []);
const REFUSING: Change = (secrets) => ({
  ...secrets,
  keys: () => Promise.reject(new Error('no list')),
});

/** Editors in which a session survives. */
const KEEPING: readonly (readonly [what: string, change: Change])[] = [
  ['lists no secrets, as Theia', UNLISTED],
  [
    'lists other secrets, lost ones, and some twice',
    listing((keys) => [...keys, ...keys, 'a', 'session:lost']),
  ],
  ['lists parts of secrets', listing((keys) => keys.flatMap((key) => [key, `${key}-1`]))],
  ['lists only parts of secrets', listing((keys) => keys.map((key) => `${key}-1`))],
  ['refuses to list secrets', REFUSING],
  ['cannot list secrets', (secrets) => ({ ...secrets, keys: undefined as never })],
  ['rejects the first reads, as Theia without a keyring', untried],
  ['fires no events', silent],
  [
    'fires no events and lists no secrets, as Theia in several windows',
    (secrets) => UNLISTED(silent(secrets)),
  ],
];

/** About src/sessions/sessionKeys.ts, src/sessions/sessionStore.ts and src/node/retriedReads.ts. */
describe('a session in an editor that', () => {
  let machine: Machine;
  let memory: FakeMemento;

  beforeEach(() => {
    machine = new Machine();
    memory = new FakeMemento();
  });
  afterEach(() => machine.close());

  /** Opens a window of the editor, as after a start or a reload. */
  const open = (change: Change, secrets = machine.secrets) =>
    machine.open({ secrets: retriedReads(change(secrets.window())), memory });

  const tokens = async ({ store }: Window) => (await store.all()).map(({ token }) => token);

  for (const [what, change] of KEEPING) {
    it(`${what} survives reloads with its newest token until the sign-out`, async () => {
      const first = await open(change);
      const stored = await first.store.put(session);
      assert.deepEqual(first.notFound, []);
      const second = await open(change);
      assert.deepEqual(await second.store.all(), [stored]);
      await second.store.put({ ...session, token: rotated });
      assert.deepEqual((await first.store.reread(ID))?.token, rotated);
      const third = await open(change);
      assert.deepEqual(await tokens(third), [rotated]);
      await third.store.remove(ID);
      assert.equal(await second.store.put(session), undefined, 'it was signed out');
      assert.deepEqual(await tokens(await open(change)), []);
      assert.ok(!machine.secrets.stored.has(KEY));
      for (const { unreadable, storageLost } of machine.windows) {
        assert.deepEqual([unreadable, storageLost], [[], 0]);
      }
    });
  }

  it('fails to list secrets once is asked again, if no file names a session', async () => {
    machine.keep(session);
    let fails = true;
    const window = await open((secrets) => ({
      ...secrets,
      keys: () => (fails ? Promise.reject(new Error('locked')) : secrets.keys()),
    }));
    assert.deepEqual(await window.store.all(), []);
    fails = false;
    assert.deepEqual(await window.store.all(), [session]);
  });

  it('no longer lists secrets is told at the sign-in that the session is lost at a reload', async () => {
    rmSync(machine.folder, { recursive: true });
    writeFileSync(machine.folder, 'no folder');
    let fails = false;
    const { store, notFound } = await open((secrets) => ({
      ...secrets,
      keys: () => (fails ? Promise.reject(new Error('locked')) : secrets.keys()),
    }));
    fails = true;
    assert.ok(await store.put(session));
    assert.deepEqual(notFound, [ID]);
  });

  it('fires no events is known to a sign-in in a window that was open before', async () => {
    const [first, second] = [await open(silent), await open(silent)];
    const stored = await first.store.put(session);
    assert.deepEqual(await second.store.all(), []);
    assert.deepEqual(await second.store.rereadAll(), [stored]);
    assert.deepEqual(second.changes, [{ added: [stored], changed: [], removed: [] }]);
  });

  it('fires no events ends in every window at its refresh, once one has signed it out', async () => {
    const expired = { ...session, token: { ...session.token, expiresAt: 0 } };
    const [first, second] = [await open(silent), await open(silent)];
    await first.store.put(expired);
    await second.store.rereadAll();
    await first.store.remove(ID);
    assert.equal(await second.accessToken(ID), undefined);
    assert.deepEqual(await second.store.all(), []);
  });

  it('forgets secrets at a restart is lost, and the user is told once', async () => {
    const kept: Change = (secrets) => secrets;
    await (await open(kept)).store.put(session);
    const restarted = new FakeSecrets();
    const [first, second] = [await open(kept, restarted), await open(kept, restarted)];
    assert.deepEqual(await tokens(second), []);
    assert.deepEqual([first.storageLost, second.storageLost], [1, 0]);
  });

  describe('cannot write our files, and', () => {
    beforeEach(() => {
      rmSync(machine.folder, { recursive: true });
      writeFileSync(machine.folder, 'no folder');
    });

    it('lists no secrets is lost at a reload, and the user is told at the sign-in, once', async () => {
      const { store, notFound } = await open(UNLISTED);
      await store.put(session);
      await store.put({ ...session, token: rotated });
      assert.deepEqual(notFound, [ID]);
      assert.deepEqual(await tokens(await open(UNLISTED)), []);
    });

    it('refuses to list secrets is not stored, so that the sign-in fails and says so', async () => {
      await assert.rejects(open(REFUSING), /no list/);
      const [window] = machine.windows;
      await assert.rejects(async () => window?.store.put(session), /no list/);
      assert.equal(machine.secrets.stored.size, 0);
    });
  });
});
