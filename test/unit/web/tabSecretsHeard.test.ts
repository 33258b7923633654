import assert from 'node:assert/strict';
import { newKey, seal } from '../../../src/web/seal.ts';
import { until } from '../sessions/until.ts';
import { allOf, record, TabSecretsScene } from './tabSecretsScene.ts';

describe('what a tab hears of another one’s secrets', () => {
  const scene = new TabSecretsScene();
  const known = record({ generation: 5 });

  beforeEach(() => {
    scene.browser.stored = new Map([
      ['tabs', scene.key],
      ['session:first', known],
    ]);
  });

  const sealed = (news: unknown) => seal(JSON.stringify(news), scene.key);
  const older = record({ generation: 4 });
  const messages: [string, () => unknown][] = [
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => 'session:first'],
    ['what is not sealed', () => ({ key: 'session:first', value: record({ generation: 9 }) })],
    ['half a seal', async () => ({ nonce: (await sealed({})).nonce })],
    ['garbage', () => ({ nonce: new Uint8Array(12), content: new ArrayBuffer(99) })],
    ['sealed with another key', () => seal('{"key":"session:first"}', newKey())],
    ['no JSON', () => seal('session:first', scene.key)],
    ['a text in JSON', () => sealed('session:first')],
    ['a list', () => sealed(['session:first'])],
    ['of no key', () => sealed({ value: record({ generation: 9 }) })],
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
        assert.match(line, /^debug: What another tab tells cannot be used/);
        assert.doesNotMatch(line, /BQx|AQx|session:first/);
      }
    });
  }

  it('replaces an older record, and one of the same age', async () => {
    const tab = scene.open();
    for (const generation of [5, 6, 9]) {
      const value = record({ generation, consentedAt: generation });
      await scene.say({ key: 'session:first', value });
      await scene.heard(tab);
      assert.equal(await tab.secrets.get('session:first'), value);
    }
  });

  it('replaces none of the same age by one that Spotify has refused', async () => {
    const tab = scene.open();
    const value = record({ generation: 5, refusedAt: 1 });
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
    await scene.say({ key: 'session:first', value: record({ generation: 9 }) });
    await until(() => tab.log.lines.length > 0);
    assert.match(tab.log.lines.join(), /^debug: .*full/s);
    scene.browser.refusesWrites = false;
    await scene.heard(tab);
    assert.equal(await tab.secrets.get('session:first'), known);
  });
});
