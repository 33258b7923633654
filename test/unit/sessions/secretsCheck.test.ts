import assert from 'node:assert/strict';
import { SecretsCheck } from '../../../src/sessions/secretsCheck.ts';
import { StorageMarker } from '../../../src/sessions/storageMarker.ts';
import { FakeSecrets } from './fakeSecrets.ts';
import { FakeMemento } from './fakeWindow.ts';

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

  it('is refused by secrets that refuse', async () => {
    secrets.refusesWrites = true;
    await assert.rejects((await start()).run(), /the keyring is locked/);
  });
});
