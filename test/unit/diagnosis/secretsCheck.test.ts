import assert from 'node:assert/strict';
import { SecretsCheck } from '../../../src/diagnosis/secretsCheck.ts';
import { StorageMarker } from '../../../src/sessions/storageMarker.ts';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

describe('the check of SecretStorage', () => {
  let secrets: FakeSecrets;
  let memory: FakeMemento;

  beforeEach(() => {
    secrets = new FakeSecrets();
    memory = new FakeMemento();
  });

  /** Opens a window. With `stores`, a session is stored in it. */
  async function start({ stores = false } = {}): Promise<SecretsCheck> {
    const storage = secrets.window();
    const marker = new StorageMarker(storage, memory);
    await marker.lost();
    if (stores) await marker.set();
    return new SecretsCheck(storage, memory, marker);
  }

  it('cannot tell in the first window whether secrets survive a restart', async () => {
    const check = await start();
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(await check.run(), { givesBack: true, survival: 'unknown' });
    }
  });

  it('can tell in the next window, by its own marker or by the sessions’ marker', async () => {
    await (await start()).run();
    assert.equal((await (await start()).run()).survival, 'kept');
    secrets = new FakeSecrets();
    const check = await start({ stores: true });
    assert.equal((await check.run()).survival, 'lost');
    assert.equal((await check.run()).survival, 'lost');
    assert.equal((await (await start()).run()).survival, 'kept');
  });

  it('can tell by stored sessions if it has never run before', async () => {
    await start({ stores: true });
    assert.equal((await (await start()).run()).survival, 'kept');
  });

  it('leaves no secret but its marker', async () => {
    await (await start()).run();
    assert.deepEqual([...secrets.stored.keys()], ['diagnosis']);
  });

  it('is not disturbed by another run, in the same or another window', async () => {
    const [one, other] = [await start(), await start()];
    const found = await Promise.all([one.run(), one.run(), other.run()]);
    assert.deepEqual(
      found.map(({ givesBack }) => givesBack),
      [true, true, true],
    );
    assert.deepEqual([...secrets.stored.keys()], ['diagnosis']);
  });

  it('removes the test secret of a killed run, but not of a running one', async () => {
    const [old, young] = [`probe:${Date.now() - 600_000}:a`, `probe:${Date.now()}:b`];
    for (const key of [old, young, 'session:c']) secrets.stored.set(key, 'x');
    await (await start()).run();
    assert.deepEqual([...secrets.stored.keys()], [young, 'session:c', 'diagnosis']);
  });

  it('leaves no secret if the test secret cannot be read', async () => {
    const storage = secrets.window();
    const get = (key: string) =>
      key.startsWith('probe') ? Promise.reject(new Error('locked')) : storage.get(key);
    const marker = new StorageMarker(storage, memory);
    await assert.rejects(new SecretsCheck({ ...storage, get }, memory, marker).run(), /locked/);
    assert.deepEqual([...secrets.stored.keys()], []);
  });

  it('works as soon as SecretStorage works again', async () => {
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

  it('fails if SecretStorage fails', async () => {
    secrets.refusesWrites = true;
    await assert.rejects((await start()).run(), /the keyring is locked/);
  });
});
