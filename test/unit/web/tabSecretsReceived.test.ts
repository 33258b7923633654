import assert from 'node:assert/strict';
import { newKey, encrypt } from '../../../src/web/encryption.ts';
import type { Change } from '../../../src/web/sealedChanges.ts';
import { sampleSession } from '../sessions/sampleSession.ts';
import { until } from '../sessions/until.ts';
import { allOf, record, type SecretsOfTab, TabSecretsScene } from './tabSecretsScene.ts';

/** About src/web/tabSecrets.ts. */
describe('a broadcast that a tab receives', () => {
  const scene = new TabSecretsScene();
  const known = record({ revision: 5 });

  beforeEach(() => {
    scene.browser.stored = new Map([
      ['tabs', scene.key],
      ['session:first', known],
    ]);
  });

  const { token } = sampleSession();
  /** The same session with a later access token. */
  const renewed = (revision: number) =>
    record({ revision, token: { ...token, accessToken: `BQx${revision}` } });
  /** The same session with a later refresh token. */
  const rotated = (revision: number) =>
    record({ revision, token: { ...token, refreshToken: `AQx${revision}` } });

  const encrypted = (news: unknown) => encrypt(JSON.stringify(news), scene.key);
  const sealed = (news: unknown) => scene.seal(news as Change);
  const older = record({ revision: 4 });
  const messages: [string, () => unknown][] = [
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => 'session:first'],
    ['not encrypted', () => ({ key: 'session:first', value: record({ revision: 9 }) })],
    ['an encrypted text without its content', async () => ({ nonce: (await encrypted({})).nonce })],
    ['garbage', () => ({ nonce: new Uint8Array(12), content: new ArrayBuffer(99) })],
    ['encrypted with another key', () => encrypt('{"key":"session:first"}', newKey())],
    ['no JSON', () => encrypt('session:first', scene.key)],
    ['a text in JSON', () => encrypted('session:first')],
    ['a list', () => encrypted(['session:first'])],
    ['without the key of a secret', () => sealed({ value: record({ revision: 9 }) })],
    ['with a list as the key of a secret', () => sealed({ key: ['session:new'], value: record() })],
    ['a secret that is not shared', () => sealed({ key: 'marker', value: 'a' })],
    ['another key for broadcasts', () => sealed({ key: 'tabs', value: newKey() })],
    ['the removal of that key', () => sealed({ key: 'tabs' })],
    ['an older record', () => sealed({ key: 'session:first', value: older })],
  ];
  for (const [what, make] of messages) {
    it(`changes nothing if it is ${what}`, async () => {
      const tab = scene.open();
      scene.channels.say(await make());
      await scene.heard(tab);
      assert.deepEqual(await allOf(tab), { tabs: scene.key, 'session:first': known });
      assert.deepEqual(new Set(tab.changes), new Set(['clientSecret:last']));
      for (const line of tab.log.lines) {
        assert.match(line, /^debug: A message of another tab cannot be used/);
        assert.doesNotMatch(line, /BQx|AQx|session:first/);
      }
    });
  }

  it('replaces a record of a lower or the same revision', async () => {
    const tab = scene.open();
    for (const revision of [5, 6, 9]) {
      const value = record({ revision, consentedAt: revision });
      await scene.say({ key: 'session:first', value });
      await scene.heard(tab);
      assert.equal(await tab.secrets.get('session:first'), value);
    }
  });

  it('replaces no record of the same revision by a suspended one', async () => {
    const tab = scene.open();
    const value = record({ revision: 5, suspendedAt: 1 });
    await scene.say({ key: 'session:first', value });
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), known);
  });

  it('is applied in the order of sending, though several arrive at the same moment', async () => {
    const [one, other] = scene.openTwo();
    other.end.freeze();
    await one.secrets.store('session:second', record({ id: 'second' }));
    await one.secrets.delete('session:second');
    for (const value of ['a', 'b', 'c']) await one.secrets.store('clientSecret:abc', value);
    await other.end.arrived(5);
    other.end.thaw();
    await scene.heard(other);
    assert.deepEqual(await allOf(other), await allOf(one));
  });

  it('is logged if VS Code refuses to store it, and changes nothing', async () => {
    const tab = scene.open();
    scene.browser.refusesWrites = true;
    await scene.say({ key: 'session:first', value: rotated(9) });
    await until(() => tab.log.lines.length > 0);
    assert.match(tab.log.lines.join(), /^debug: .*full/s);
    scene.browser.refusesWrites = false;
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), known);
  });

  it('does not overwrite a secret of another extension if only the access token is new', async () => {
    const [one, other] = scene.openTwo();
    await one.own.store('of another extension', 'a value');
    await one.secrets.store('session:first', renewed(6));
    await until(() => other.changes.length > 0);
    assert.deepEqual(other.changes, ['session:first']);
    assert.equal(await other.secrets.get('session:first'), renewed(6));
    assert.deepEqual(await other.secrets.keys(), ['tabs', 'session:first']);
    assert.deepEqual(
      [...scene.browser.stored],
      [
        ['tabs', scene.key],
        ['session:first', renewed(6)],
        ['of another extension', 'a value'],
      ],
    );
  });

  const missed: [string, string, string][] = [
    ['a session that the tab does not have', 'session:second', record({ id: 'second' })],
    ['a refresh token that the tab does not have', 'session:first', rotated(6)],
    ['a later consent', 'session:first', record({ revision: 6, consentedAt: 1_800_000_000 })],
    ['a record that the tab cannot read', 'session:first', '{"version":2}'],
    ['a client secret', 'clientSecret:abc', 'a value'],
  ];
  for (const [what, key, value] of missed) {
    it(`is stored if it is ${what}, since the tab’s next write would lose it`, async () => {
      const tab = scene.open();
      await scene.say({ key: 'session:first', value: renewed(5) });
      await scene.say({ key, value });
      await until(async () => (await tab.own.get(key)) === value);
      assert.equal(scene.browser.stored.get(key), value);
      assert.equal(await tab.secrets.get(key), value);
    });
  }

  it('is compared with an earlier one that is kept in memory', async () => {
    const tab = scene.open();
    for (const revision of [7, 6]) {
      await scene.say({ key: 'session:first', value: renewed(revision) });
    }
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), renewed(7));
  });

  const ends: [string, (tab: SecretsOfTab) => PromiseLike<void>, string | undefined][] = [
    ['stores a record', (tab) => tab.secrets.store('session:first', renewed(7)), renewed(7)],
    ['deletes the record', (tab) => tab.secrets.delete('session:first'), undefined],
    [
      'receives a new refresh token',
      () => scene.say({ key: 'session:first', value: rotated(7) }),
      rotated(7),
    ],
    ['receives a removal', () => scene.say({ key: 'session:first' }), undefined],
  ];
  for (const [what, end, last] of ends) {
    it(`is replaced when the tab ${what}, from the change event on`, async () => {
      const tab = scene.open();
      await scene.say({ key: 'session:first', value: renewed(6) });
      await until(() => tab.changes.length > 0);
      const found: Promise<string | undefined>[] = [];
      tab.secrets.onDidChange(({ key }) => found.push(Promise.resolve(tab.secrets.get(key))));
      await end(tab);
      await until(() => found.length > 0);
      assert.deepEqual(await Promise.all(found), [last]);
      assert.equal(await tab.own.get('session:first'), last);
    });
  }

  it('fires no change event for a disposed listener', async () => {
    const tab = scene.open();
    const found: string[] = [];
    const listener = tab.secrets.onDidChange(({ key }) => found.push(key));
    for (const revision of [6, 7]) {
      await scene.say({ key: 'session:first', value: renewed(revision) });
      await until(() => tab.changes.length === revision - 5);
      listener.dispose();
    }
    await tab.secrets.store('session:first', renewed(8));
    assert.deepEqual([found.length, tab.changes.length], [1, 3]);
  });
});
