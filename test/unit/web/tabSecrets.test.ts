import assert from 'node:assert/strict';
import { sampleSession } from '../sessions/sampleSession.ts';
import { until } from '../sessions/until.ts';
import { allOf, record, TabSecretsScene } from './tabSecretsScene.ts';

describe('TabSecrets', () => {
  const scene = new TabSecretsScene();

  it('has the secrets and the change events of VS Code', async () => {
    const tab = scene.open();
    await tab.secrets.store('marker', 'a');
    await tab.own.store('another', 'b');
    assert.deepEqual(await allOf(tab), { tabs: scene.key, marker: 'a', another: 'b' });
    await tab.secrets.delete('marker');
    assert.equal(await tab.secrets.get('marker'), undefined);
    assert.deepEqual([...scene.browser.stored.keys()], ['tabs', 'another']);
    assert.deepEqual(tab.changes, ['marker', 'another', 'marker']);
  });

  for (const name of ['session:first', 'clientSecret:abc']) {
    it(`broadcasts a secret to another tab, which stores and deletes it: ${name}`, async () => {
      const [one, other] = scene.openTwo();
      await one.secrets.store(name, 'a value');
      await until(() => other.changes.length === 1);
      assert.equal(await other.secrets.get(name), 'a value');
      await one.secrets.delete(name);
      await until(() => other.changes.length === 2);
      assert.equal(await other.secrets.get(name), undefined);
      assert.deepEqual(other.changes, [name, name]);
      assert.equal(scene.channels.said.length, 2, 'a received change is not broadcast again');
    });
  }

  it('broadcasts no secret that other tabs do not need, nor the key', async () => {
    scene.browser.stored = new Map();
    const tab = scene.open();
    for (const name of ['marker', 'diagnosis', 'probe:1:a', 'x session:first']) {
      await tab.secrets.store(name, 'a value');
      await tab.secrets.delete(name);
    }
    assert.deepEqual(await tab.own.keys(), []);
    await tab.secrets.store('session:first', record());
    await tab.secrets.delete('session:first');
    assert.deepEqual(await tab.own.keys(), ['tabs']);
    await scene.open().secrets.store('clientSecret:last', 'a value');
    await until(() => scene.channels.said.length > 2);
    assert.equal(scene.channels.said.length, 3);
  });

  it('broadcasts texts that are encrypted, and look different each time', async () => {
    const tab = scene.open();
    const session = sampleSession({ id: 'c0ffee00-an-id-of-a-session' });
    const { id, account, token } = session;
    for (let times = 0; times < 2; times++) {
      await tab.secrets.store(`session:${id}`, record(session));
      await tab.secrets.delete(`session:${id}`);
    }
    await until(() => scene.channels.said.length === 4);
    const all = Buffer.concat(scene.channels.bytes());
    const secret = [id, account.id, account.label, token.accessToken, token.refreshToken];
    for (const text of [...secret, scene.key, 'session:', 'accessToken', '"key"']) {
      assert.ok(text && !all.includes(text) && !all.includes(text, 0, 'utf16le'), text);
    }
    assert.equal(new Set(scene.channels.bytes().map((bytes) => bytes.toString('hex'))).size, 4);
  });

  it('hands a callback over to another tab at the change event, and stores it nowhere', async () => {
    const [one, other] = scene.openTwo();
    const { writes } = scene.browser;
    const taken: Promise<string | undefined>[] = [];
    other.secrets.onDidChange(({ key }) => taken.push(Promise.resolve(other.secrets.get(key))));
    await one.secrets.store('callback:a', 'code=a');
    await until(() => taken.length === 1);
    assert.deepEqual(await Promise.all(taken), ['code=a']);
    await other.secrets.delete('callback:a');
    for (const { secrets } of [one, other]) {
      assert.equal(await secrets.get('callback:a'), undefined);
      assert.deepEqual(await secrets.keys(), ['tabs']);
    }
    assert.deepEqual([scene.browser.writes, scene.channels.said.length], [writes, 1]);
  });

  it('broadcasts changes in the order in which they were made, though they are made at once', async () => {
    const [one, other] = scene.openTwo();
    // It takes longer to encrypt the first one.
    const values = ['x'.repeat(8_000_000), 'a', 'b', 'c'];
    await Promise.all(values.map((value) => one.secrets.store('clientSecret:abc', value)));
    await until(() => other.changes.length === 4);
    assert.equal(await other.secrets.get('clientSecret:abc'), 'c');
  });

  it('broadcasts no change that VS Code refuses', async () => {
    const [one, other] = scene.openTwo();
    await one.secrets.store('session:first', record());
    scene.browser.refusesWrites = true;
    await assert.rejects(one.secrets.store('session:second', record()), /full/);
    await assert.rejects(one.secrets.delete('session:first'), /full/);
    scene.browser.refusesWrites = false;
    await scene.heard(other);
    assert.deepEqual((await other.secrets.keys()).sort(), ['session:first', 'tabs']);
    assert.deepEqual(other.log.lines, []);
  });

  it('stores a secret that cannot be broadcast, and logs the failure without the secret', async () => {
    const tab = scene.open();
    tab.secrets.dispose();
    await tab.secrets.store('session:first', record());
    assert.equal(await tab.secrets.get('session:first'), record());
    await tab.secrets.delete('session:first');
    assert.equal(tab.log.lines.length, 2);
    for (const line of tab.log.lines) {
      assert.match(line, /^warn: A session cannot be shared/);
      assert.doesNotMatch(line, /BQx|AQx|first/);
    }
  });

  it('receives nothing after it was disposed of', async () => {
    const [one, other] = scene.openTwo();
    other.secrets.dispose();
    await scene.say({ key: 'session:first', value: record() });
    await scene.heard(one);
    assert.deepEqual(other.changes, []);
  });

  describe('without a key for broadcasts', () => {
    beforeEach(() => (scene.browser.stored = new Map()));

    it('stores one at the first call of keys, and keeps it', async () => {
      const tab = scene.open();
      assert.deepEqual(await tab.secrets.keys(), []);
      const key = scene.browser.stored.get('tabs');
      assert.ok(key);
      const [later] = scene.openTwo();
      for (const { secrets } of [tab, later]) assert.deepEqual(await secrets.keys(), ['tabs']);
      await later.secrets.store('session:first', record());
      await until(() => tab.changes.includes('session:first'));
      assert.equal(scene.browser.stored.get('tabs'), key);
    });

    it('lists the keys though VS Code refuses to store one', async () => {
      scene.browser.stored = new Map([['session:first', record()]]);
      scene.browser.refusesWrites = true;
      const tab = scene.open();
      assert.deepEqual(await tab.secrets.keys(), ['session:first']);
      assert.match(tab.log.lines.join(), /^warn: A session cannot be shared/);
    });

    it('stores one at the first broadcast, which tabs that are loaded later can read', async () => {
      const [one, early] = scene.openTwo();
      await one.secrets.store('session:first', record());
      await until(() => scene.channels.said.length === 1);
      const key = scene.browser.stored.get('tabs');
      assert.ok(key);
      const late = scene.open();
      await one.secrets.store('session:first', record({ revision: 2 }));
      await until(() => late.changes.length > 0);
      assert.equal(await late.secrets.get('session:first'), record({ revision: 2 }));
      assert.equal(scene.browser.stored.get('tabs'), key);
      assert.deepEqual([early.changes, early.log.lines], [[], []]);
    });

    it('cannot read the broadcasts of another tab that was loaded before there was a key', async () => {
      const [one, early] = scene.openTwo();
      await one.secrets.store('session:first', record());
      await early.secrets.store('session:second', record({ id: 'second' }));
      await until(() => one.log.lines.length === 1);
      assert.match(one.log.lines.join(), /^debug: A message of another tab cannot be used/);
      assert.deepEqual(one.changes, ['session:first', 'tabs']);
      assert.deepEqual(early.log.lines, []);
    });
  });
});
