import assert from 'node:assert/strict';
import { FakeSecrets } from './fakeSecrets.ts';
import { FakeMemento, Window } from './fakeWindow.ts';
import { sampleSession } from './sampleSession.ts';

describe('storage that forgets', () => {
  let secrets: FakeSecrets;
  let memory: FakeMemento;

  beforeEach(() => {
    secrets = new FakeSecrets();
    memory = new FakeMemento();
  });

  /** A start of the editor; `losses` is what the person is told of. */
  async function start() {
    const window = new Window({ secrets: secrets.window(), memory });
    await window.store.all();
    return { store: window.store, losses: window.storageLost };
  }

  /** Secrets in memory alone do not outlive the editor. */
  const forget = () => (secrets = new FakeSecrets());

  it('is not noticed before anything was stored', async () => {
    assert.equal((await start()).losses, 0);
    forget();
    assert.equal((await start()).losses, 0);
  });

  it('is told of at the next start, once', async () => {
    await (await start()).store.put(sampleSession());
    forget();
    assert.equal((await start()).losses, 1);
    assert.equal((await start()).losses, 0);
  });

  it('is not what has lost the marker alone', async () => {
    await (await start()).store.put(sampleSession());
    secrets.stored.delete('marker');
    assert.equal((await start()).losses, 0);
  });

  it('is not suspected after a sign-out where the marker alone had been lost before', async () => {
    await (await start()).store.put(sampleSession());
    secrets.stored.delete('marker');
    const { store } = await start();
    await store.put(sampleSession());
    await store.remove('first');
    assert.equal((await start()).losses, 0);
  });

  it('is not suspected where the marker alone was refused', async () => {
    const storage = secrets.window();
    const store: typeof storage.store = (key, value) =>
      key === 'marker' ? Promise.reject(new Error('locked')) : storage.store(key, value);
    const window = new Window({ secrets: { ...storage, store }, memory });
    await window.store.put(sampleSession());
    await window.store.remove('first');
    assert.equal((await start()).losses, 0);
  });

  it('is told of again when it forgets again', async () => {
    for (let losses = 0; losses < 2; losses++) {
      await (await start()).store.put(sampleSession());
      forget();
      assert.equal((await start()).losses, 1);
    }
  });

  it('is not suspected where the secrets are still there, or were signed out', async () => {
    const { store } = await start();
    await store.put(sampleSession());
    assert.equal((await start()).losses, 0);
    await store.remove('first');
    assert.equal((await start()).losses, 0);
  });

  it('is not suspected when SecretStorage refused to keep anything', async () => {
    const { store } = await start();
    secrets.refusesWrites = true;
    await assert.rejects(store.put(sampleSession()));
    assert.equal((await start()).losses, 0);
  });
});
