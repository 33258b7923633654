import assert from 'node:assert/strict';
import { encrypt } from '../../../src/web/encryption.ts';
import { sealedChanges } from '../../../src/web/sealedChanges.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { until } from '../sessions/until.ts';
import { allOf, record, type SecretsOfTab, TabSecretsScene } from './tabSecretsScene.ts';

/** The record of a client secret. */
const clientSecret = (sessionId: string, clientSecret = 'of the app') =>
  JSON.stringify({ version: 1, sessionId, clientSecret, isKept: false });

/** About src/web/sealedChanges.ts and src/web/tabSecrets.ts. */
describe('a broadcast that another extension has recorded', () => {
  const scene = new TabSecretsScene();
  const secrets: [string, string][] = [
    ['session:first', record()],
    ['clientSecret:abc', clientSecret('a')],
  ];

  afterEach(resetClock);

  /** Broadcasts everything again that was broadcast so far, and waits until the tabs have received it. */
  async function replay(...tabs: SecretsOfTab[]): Promise<void> {
    for (const message of [...scene.channels.said]) scene.channels.say(message);
    for (const tab of tabs) await scene.heard(tab);
  }

  const recorded = (count: number) => until(() => scene.channels.said.length === count);

  for (const [key, value] of secrets) {
    it(`does not bring back what was deleted, in a tab that was loaded before or after: ${key}`, async () => {
      const [one, other] = scene.openTwo();
      await one.secrets.store(key, value);
      await one.secrets.delete(key);
      // A tab that is loaded now reads what the other tab stored last.
      await until(() => other.changes.length === 2);
      moveClock(1);
      const later = scene.open();
      await replay(one, other, later);
      for (const tab of [one, other, later]) {
        assert.deepEqual(await allOf(tab), { tabs: scene.key });
      }
      assert.equal(scene.browser.stored.has(key), false);
      assert.deepEqual(later.changes.includes(key), false);
    });

    it(`does not bring back what another tab has deleted: ${key}`, async () => {
      const [one, other] = scene.openTwo();
      await one.secrets.store(key, value);
      await until(() => other.changes.includes(key));
      await other.secrets.delete(key);
      await recorded(2);
      scene.channels.say(scene.channels.said[0]);
      for (const tab of [one, other]) {
        await scene.heard(tab);
        assert.deepEqual(await allOf(tab), { tabs: scene.key });
      }
    });
  }

  it('does not bring back an earlier client secret, nor delete one that was entered again', async () => {
    const [one, other] = scene.openTwo();
    await one.secrets.store('clientSecret:abc', clientSecret('a'));
    await one.secrets.delete('clientSecret:abc');
    await one.secrets.store('clientSecret:abc', clientSecret('b', 'mistyped'));
    await one.secrets.store('clientSecret:abc', clientSecret('b', 'corrected'));
    await recorded(4);
    for (const message of scene.channels.said.slice(0, 3)) {
      scene.channels.say(message);
      for (const tab of [one, other]) {
        await scene.heard(tab);
        assert.equal(await tab.secrets.get('clientSecret:abc'), clientSecret('b', 'corrected'));
      }
    }
  });

  it('is received once by a tab that was frozen, though it was broadcast twice', async () => {
    const [one, frozen] = scene.openTwo();
    frozen.end.freeze();
    await one.secrets.store('session:first', record());
    await one.secrets.delete('session:first');
    await one.secrets.store('session:second', record({ id: 'second' }));
    await recorded(3);
    for (const message of [...scene.channels.said]) scene.channels.say(message);
    await frozen.end.arrived(6);
    frozen.end.thaw();
    await scene.heard(frozen);
    assert.deepEqual(Object.keys(await allOf(frozen)), ['tabs', 'session:second']);
  });

  it('is refused by a tab of another origin, which has the same key', async () => {
    const tab = scene.open();
    const given = globalThis as { origin?: string };
    given.origin = 'https://elsewhere.vscode.dev';
    try {
      await scene.say({ key: 'session:first', value: record() });
    } finally {
      delete given.origin;
    }
    await scene.heard(tab);
    assert.deepEqual(await allOf(tab), { tabs: scene.key });
  });

  it('does not prove anything against a tab that is loaded after the clock was set back', async () => {
    const tab = scene.open();
    moveClock(-3600);
    scene.sealed = sealedChanges();
    await scene.say({ key: 'session:first', value: record() });
    await until(async () => (await tab.secrets.get('session:first')) === record());
    // A tab that broadcasts again after that goes on with its own generations.
    moveClock(-7200);
    await scene.say({ key: 'session:first' });
    await until(async () => (await tab.secrets.get('session:first')) === undefined);
  });

  for (const [key, value] of secrets) {
    it(`is refused if it has no generation, as those of the earlier version: ${key}`, async () => {
      const stored = new Map([
        ['tabs', scene.key],
        ['session:second', record({ id: 'second' })],
        ['clientSecret:second', value],
      ]);
      scene.browser.stored = stored;
      const tab = scene.open();
      for (const change of [
        { key, value },
        { key: 'session:second' },
        { key: 'clientSecret:second' },
      ]) {
        scene.channels.say(await encrypt(JSON.stringify(change), scene.key));
      }
      await scene.heard(tab);
      assert.deepEqual(await allOf(tab), Object.fromEntries(stored));
    });
  }
});

/** About src/web/tabSecrets.ts. */
describe('a client secret that a tab has deleted', () => {
  const scene = new TabSecretsScene();

  it('does not come back by a record of its session that another tab has sent meanwhile', async () => {
    const [one, other] = scene.openTwo();
    await one.secrets.store('clientSecret:abc', clientSecret('a'));
    await until(() => other.changes.length > 0);
    one.end.freeze();
    await other.secrets.store('clientSecret:abc', clientSecret('a', 'replaced'));
    await one.end.arrived(1);
    await one.secrets.delete('clientSecret:abc');
    one.end.thaw();
    for (const tab of [one, other]) {
      await scene.heard(tab);
      assert.deepEqual(await allOf(tab), { tabs: scene.key });
    }
  });

  it('does not come back in a third tab, which learns of the deletion first', async () => {
    const third = scene.open();
    const late = await scene.seal({ key: 'clientSecret:abc', value: clientSecret('a') });
    scene.channels.say(await sealedChanges().seal({ key: 'clientSecret:abc' }, scene.key));
    scene.channels.say(late);
    await scene.heard(third);
    assert.deepEqual(await allOf(third), { tabs: scene.key });
  });

  it('can be entered again in any tab, and is then the secret of another session', async () => {
    const [one, other] = scene.openTwo();
    await one.secrets.store('clientSecret:abc', clientSecret('a'));
    await until(() => other.changes.length > 0);
    await one.secrets.delete('clientSecret:abc');
    await until(() => other.changes.length > 1);
    await other.secrets.store('clientSecret:abc', clientSecret('b'));
    await until(async () => (await one.secrets.get('clientSecret:abc')) === clientSecret('b'));
  });
});
