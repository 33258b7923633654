import assert from 'node:assert/strict';
import { FakeSecrets } from './fakeSecrets.ts';
import { FakeMemento, Window } from './fakeWindow.ts';
import { sampleSession } from './sampleSession.ts';

describe('the loss of SecretStorage', () => {
  let secrets: FakeSecrets;
  let memory: FakeMemento;

  beforeEach(() => {
    secrets = new FakeSecrets();
    memory = new FakeMemento();
  });

  /** Starts the editor; `losses` counts the losses that it reports. */
  async function start() {
    const window = new Window({ secrets: secrets.window(), memory });
    await window.store.all();
    return { store: window.store, losses: window.storageLost };
  }

  /** Loses all secrets, as an editor without a keyring does when it ends. */
  const forget = () => (secrets = new FakeSecrets());

  it('is not reported if nothing was stored before', async () => {
    assert.equal((await start()).losses, 0);
    forget();
    assert.equal((await start()).losses, 0);
  });

  it('is reported once, at the next start', async () => {
    await (await start()).store.put(sampleSession());
    forget();
    assert.equal((await start()).losses, 1);
    assert.equal((await start()).losses, 0);
  });

  it('is not reported if only the marker was lost', async () => {
    await (await start()).store.put(sampleSession());
    secrets.stored.delete('marker');
    assert.equal((await start()).losses, 0);
  });

  it('is not reported after a sign-out if only the marker was lost before it', async () => {
    await (await start()).store.put(sampleSession());
    secrets.stored.delete('marker');
    const { store } = await start();
    await store.put(sampleSession());
    await store.remove('first');
    assert.equal((await start()).losses, 0);
  });

  it('is not reported if SecretStorage refused only the marker', async () => {
    const storage = secrets.window();
    const store: typeof storage.store = (key, value) =>
      key === 'marker' ? Promise.reject(new Error('locked')) : storage.store(key, value);
    const window = new Window({ secrets: { ...storage, store }, memory });
    await window.store.put(sampleSession());
    await window.store.remove('first');
    assert.equal((await start()).losses, 0);
  });

  it('is reported again if it happens again', async () => {
    for (let losses = 0; losses < 2; losses++) {
      await (await start()).store.put(sampleSession());
      forget();
      assert.equal((await start()).losses, 1);
    }
  });

  it('is not reported if the secrets are kept, or the user has signed out', async () => {
    const { store } = await start();
    await store.put(sampleSession());
    assert.equal((await start()).losses, 0);
    await store.remove('first');
    assert.equal((await start()).losses, 0);
  });

  it('is not reported if SecretStorage refused every secret', async () => {
    const { store } = await start();
    secrets.refusesWrites = true;
    await assert.rejects(store.put(sampleSession()));
    assert.equal((await start()).losses, 0);
  });
});
