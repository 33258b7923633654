import assert from 'node:assert/strict';
import { newKey, encrypt } from '../../../src/web/encryption.ts';
import { sampleSession } from '../sessions/sampleSession.ts';
import { until } from '../sessions/until.ts';
import { allOf, record, type SecretsOfTab, TabSecretsScene } from './tabSecretsScene.ts';

describe('what a tab hears of another one’s secrets', () => {
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
  /** And with a later refresh token. */
  const rotated = (revision: number) =>
    record({ revision, token: { ...token, refreshToken: `AQx${revision}` } });

  const sealed = (news: unknown) => encrypt(JSON.stringify(news), scene.key);
  const older = record({ revision: 4 });
  const messages: [string, () => unknown][] = [
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => 'session:first'],
    ['what is not sealed', () => ({ key: 'session:first', value: record({ revision: 9 }) })],
    ['half a seal', async () => ({ nonce: (await sealed({})).nonce })],
    ['garbage', () => ({ nonce: new Uint8Array(12), content: new ArrayBuffer(99) })],
    ['sealed with another key', () => encrypt('{"key":"session:first"}', newKey())],
    ['no JSON', () => encrypt('session:first', scene.key)],
    ['a text in JSON', () => sealed('session:first')],
    ['a list', () => sealed(['session:first'])],
    ['of no key', () => sealed({ value: record({ revision: 9 }) })],
    ['of a list for a key', () => sealed({ key: ['session:new'], value: record() })],
    ['of a secret that is never told', () => sealed({ key: 'marker', value: 'a' })],
    ['of another key for the tabs', () => sealed({ key: 'tabs', value: newKey() })],
    ['of the end of that key', () => sealed({ key: 'tabs' })],
    ['an older record', () => sealed({ key: 'session:first', value: older })],
  ];
  for (const [what, make] of messages) {
    it(`changes nothing where it is ${what}`, async () => {
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

  it('replaces an older record, and one of the same age', async () => {
    const tab = scene.open();
    for (const revision of [5, 6, 9]) {
      const value = record({ revision, consentedAt: revision });
      await scene.say({ key: 'session:first', value });
      await scene.heard(tab);
      assert.equal(await tab.secrets.get('session:first'), value);
    }
  });

  it('replaces none of the same age by one that Spotify has refused', async () => {
    const tab = scene.open();
    const value = record({ revision: 5, suspendedAt: 1 });
    await scene.say({ key: 'session:first', value });
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), known);
  });

  it('is done in the order in which it was told, though it arrives at the same moment', async () => {
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

  it('is no reason to fail where VS Code does not keep it', async () => {
    const tab = scene.open();
    scene.browser.refusesWrites = true;
    await scene.say({ key: 'session:first', value: rotated(9) });
    await until(() => tab.log.lines.length > 0);
    assert.match(tab.log.lines.join(), /^debug: .*full/s);
    scene.browser.refusesWrites = false;
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), known);
  });

  it('leaves alone what another extension has stored in the tab that tells of a new access token', async () => {
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
    ['what the tab cannot read', 'session:first', '{"version":2}'],
    ['a client secret', 'clientSecret:abc', 'a value'],
  ];
  for (const [what, key, value] of missed) {
    it(`is stored where it is ${what}, since the tab’s next write would lose it`, async () => {
      const tab = scene.open();
      await scene.say({ key: 'session:first', value: renewed(5) });
      await scene.say({ key, value });
      await until(async () => (await tab.own.get(key)) === value);
      assert.equal(scene.browser.stored.get(key), value);
      assert.equal(await tab.secrets.get(key), value);
    });
  }

  it('is compared with what was heard before', async () => {
    const tab = scene.open();
    for (const revision of [7, 6]) {
      await scene.say({ key: 'session:first', value: renewed(revision) });
    }
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), renewed(7));
  });

  const ends: [string, (tab: SecretsOfTab) => PromiseLike<void>, string | undefined][] = [
    ['stores itself', (tab) => tab.secrets.store('session:first', renewed(7)), renewed(7)],
    ['deletes itself', (tab) => tab.secrets.delete('session:first'), undefined],
    [
      'hears to be rotated',
      () => scene.say({ key: 'session:first', value: rotated(7) }),
      rotated(7),
    ],
    ['hears to be deleted', () => scene.say({ key: 'session:first' }), undefined],
  ];
  for (const [what, end, last] of ends) {
    it(`makes way for what the tab ${what}, from the moment on when that is told`, async () => {
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

  it('is told no more to who has stopped listening', async () => {
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
