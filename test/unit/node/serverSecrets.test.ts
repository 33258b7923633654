import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { serverSecrets } from '../../../src/node/serverSecrets.ts';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';

const SERVERS = [undefined, 'http://127.0.0.1:8', 'http://127.0.0.1:80', 'https://127.0.0.1:8'];

describe('the secrets of an accounts server', () => {
  let all: FakeSecrets;
  let ofServers: SecretStorage[];

  beforeEach(() => {
    all = new FakeSecrets();
    ofServers = SERVERS.map((server) => serverSecrets(all.window(), server));
  });

  it('are neither read, listed, changed nor deleted by windows of another server', async () => {
    const key = 'session:one';
    for (const [index, secrets] of ofServers.entries()) await secrets.store(key, `value ${index}`);
    for (const [index, secrets] of ofServers.entries()) {
      assert.equal(await secrets.get(key), `value ${index}`);
      const listed = (await secrets.keys()).filter((one) => one.startsWith('session:'));
      assert.deepEqual(listed, [key]);
      await secrets.delete(key);
      assert.equal(await secrets.get(key), undefined);
      assert.equal(all.stored.size, ofServers.length - index - 1);
    }
  });

  it('fire events in the windows of the server only, with the key that was used', async () => {
    const heard: string[][] = ofServers.map((secrets) => {
      const keys: string[] = [];
      secrets.onDidChange(({ key }) => {
        if (key.startsWith('session:')) keys.push(key);
      });
      return keys;
    });
    await ofServers[1]?.store('session:one', 'value');
    assert.deepEqual(
      heard.map((keys) => new Set(keys)),
      SERVERS.map((_, index) => new Set(index === 1 ? ['session:one'] : [])),
    );
  });

  it('of Spotify have the keys that they had before there were several servers', async () => {
    await ofServers[0]?.store('session:one', 'value');
    assert.deepEqual([...all.stored], [['session:one', 'value']]);
  });
});
