import assert from 'node:assert/strict';
import { SecretsCheck } from '../../../src/diagnosis/secretsCheck.ts';
import { StorageMarker } from '../../../src/sessions/storageMarker.ts';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

describe('a check of the secrets', () => {
  let secrets: FakeSecrets;
  let memory: FakeMemento;

  beforeEach(() => {
    secrets = new FakeSecrets();
    memory = new FakeMemento();
  });

  /** One window, in which nothing but the check happens, or a session is stored, too. */
  async function start({ stores = false } = {}): Promise<SecretsCheck> {
    const storage = secrets.window();
    const marker = new StorageMarker(storage, memory);
    await marker.lost();
    if (stores) await marker.set();
    return new SecretsCheck(storage, memory, marker);
  }

  it('cannot tell in the first window whether they last', async () => {
    const check = await start();
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(await check.run(), { givesBack: true, survival: 'unknown' });
    }
  });

  it('can tell in the next one, of its own marker and of that of the sessions', async () => {
    await (await start()).run();
    assert.equal((await (await start()).run()).survival, 'kept');
    secrets = new FakeSecrets();
    const check = await start({ stores: true });
    assert.equal((await check.run()).survival, 'lost');
    assert.equal((await check.run()).survival, 'lost');
    assert.equal((await (await start()).run()).survival, 'kept');
  });

  it('tells of sessions that are kept, without having looked before', async () => {
    await start({ stores: true });
    assert.equal((await (await start()).run()).survival, 'kept');
  });

  it('leaves nothing but its marker, which has no value', async () => {
    await (await start()).run();
    assert.deepEqual([...secrets.stored.keys()], ['diagnosis']);
  });

  it('is not disturbed by another, in whatever window', async () => {
    const [one, other] = [await start(), await start()];
    const found = await Promise.all([one.run(), one.run(), other.run()]);
    assert.deepEqual(
      found.map(({ givesBack }) => givesBack),
      [true, true, true],
    );
    assert.deepEqual([...secrets.stored.keys()], ['diagnosis']);
  });

  it('removes what was left by one that was killed, and nothing of one that runs', async () => {
    const [old, young] = [`probe:${Date.now() - 600_000}:a`, `probe:${Date.now()}:b`];
    for (const key of [old, young, 'session:c']) secrets.stored.set(key, 'x');
    await (await start()).run();
    assert.deepEqual([...secrets.stored.keys()], [young, 'session:c', 'diagnosis']);
  });

  it('leaves nothing where what was stored cannot be read', async () => {
    const storage = secrets.window();
    const get = (key: string) =>
      key.startsWith('probe') ? Promise.reject(new Error('locked')) : storage.get(key);
    const marker = new StorageMarker(storage, memory);
    await assert.rejects(new SecretsCheck({ ...storage, get }, memory, marker).run(), /locked/);
    assert.deepEqual([...secrets.stored.keys()], []);
  });

  it('works again as soon as the secrets do', async () => {
    await (await start()).run();
    const storage = secrets.window();
    let isLocked = true;
    const get = (key: string) =>
      isLocked ? Promise.reject(new Error('locked')) : storage.get(key);
    const marker = new StorageMarker(storage, memory);
    const check = new SecretsCheck({ ...storage, get }, memory, marker);
    await assert.rejects(check.run(), /locked/);
    isLocked = false;
    assert.deepEqual(await check.run(), { givesBack: true, survival: 'kept' });
  });

  it('is refused by secrets that refuse', async () => {
    secrets.refusesWrites = true;
    await assert.rejects((await start()).run(), /the keyring is locked/);
  });
});
