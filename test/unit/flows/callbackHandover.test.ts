import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { until } from '../sessions/until.ts';
import { answerTo, LinkWindows, stateOf } from './linkWindows.ts';

describe('a link that arrives in another window than the waiting one', () => {
  let windows: LinkWindows;

  beforeEach(() => (windows = new LinkWindows()));
  afterEach(async () => {
    await windows.close();
    resetClock();
  });

  it('completes the sign-in of the waiting window, which deletes the link', async () => {
    const [here, there] = [windows.open(), windows.open()];
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: answerTo('a') });
    assert.match(await answered, /^state=a{43}&code=for-a$/);
    await until(() => windows.storedLinks.length === 0);
  });

  it('completes the right one of two sign-ins, even if both links arrive in a third window at once', async () => {
    const [first, second, third] = [windows.open(), windows.open(), windows.open()];
    const a = windows.waitFor(first, 'a');
    const b = windows.waitFor(second, 'b');
    await Promise.all(['b', 'a'].map((letter) => third.handleUri({ query: answerTo(letter) })));
    assert.match(await a, /code=for-a/);
    assert.match(await b, /code=for-b/);
    await until(() => windows.storedLinks.length === 0);
  });

  it('completes the sign-in whose nonce the relay returns', async () => {
    const [here, there] = [windows.open(), windows.open()];
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: `nonce=${stateOf('a')}&code=1&state=vscode://elsewhere` });
    assert.equal(await answered, `state=${stateOf('a')}&code=1`);
  });

  it('is not stored if its state has another form than ours, or if the link is too long', async () => {
    const links = windows.open();
    for (const query of [
      `code=1&state=${'a'.repeat(42)}`,
      `code=1&state=${'a'.repeat(44)}`,
      `code=1&state=${'a'.repeat(42)}:`,
      `code=${'1'.repeat(4000)}&state=${stateOf('a')}`,
    ]) {
      await links.handleUri({ query });
    }
    assert.equal(windows.secrets.writes, 0);
  });

  it('is deleted when the next link arrives, if no window took it within a minute', async () => {
    const links = windows.open();
    await links.handleUri({ query: answerTo('a') });
    moveClock(50);
    await links.handleUri({ query: answerTo('b') });
    moveClock(20);
    await links.handleUri({ query: answerTo('c') });
    assert.deepEqual(windows.storedLinks, [`callback:${stateOf('b')}`, `callback:${stateOf('c')}`]);
  });

  it('is deleted by the next sign-in after a minute, and so is a link that cannot be read', async () => {
    await windows.open().handleUri({ query: answerTo('a') });
    windows.secrets.stored.set('callback:broken', '{');
    windows.secrets.stored.set('session:1', '{}');
    moveClock(61);
    void windows.waitFor(windows.open(), 'b');
    await until(() => windows.storedLinks.length === 0);
    assert.ok(windows.secrets.stored.has('session:1'));
  });

  it('is one of twenty at most: of a thousand that arrive at once, the last are stored', async () => {
    const states = Array.from({ length: 1000 }, (_, i) => String(i).padStart(43, 'x'));
    let most = 0;
    const secrets = windows.secrets.window();
    const links = windows.open({
      ...secrets,
      store: async (key, value) => {
        await secrets.store(key, value);
        most = Math.max(most, windows.storedLinks.length);
      },
    });
    await Promise.all(states.map((state) => links.handleUri({ query: `code=1&state=${state}` })));
    assert.deepEqual(
      windows.storedLinks,
      states.slice(-20).map((state) => `callback:${state}`),
    );
    assert.equal(most, 20);
  });

  it('is not deleted by another sign-in that begins at once', async () => {
    const [here, there] = [windows.open(), windows.open()];
    await here.handleUri({ query: answerTo('a') });
    await windows.secrets.arrived();
    void windows.waitFor(there, 'b');
    await windows.secrets.arrived();
    assert.equal(windows.storedLinks.length, 1);
  });

  it('is lost if SecretStorage refuses it, and the failure is logged', async () => {
    windows.secrets.refusesWrites = true;
    await windows.open().handleUri({ query: answerTo('a') });
    assert.match(windows.log.join('\n'), /the keyring is locked/);
  });

  it('completes the sign-in even if the link cannot be deleted', async () => {
    const [here, there] = [windows.open(), windows.open()];
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: answerTo('a') });
    windows.secrets.refusesWrites = true;
    assert.match(await answered, /code=for-a/);
    await until(() => windows.log.some((line) => line.includes('the keyring is locked')));
  });

  it('completes the sign-in even if SecretStorage cannot list its keys, as in some web editors', async () => {
    const unlisted = (secrets: SecretStorage): SecretStorage => ({
      ...secrets,
      keys: () => Promise.reject(new Error('does not support keys()')),
    });
    const [here, there] = [1, 2].map(() => windows.open(unlisted(windows.secrets.window())));
    assert.ok(here && there);
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: answerTo('a') });
    assert.match(await answered, /code=for-a/);
  });
});
