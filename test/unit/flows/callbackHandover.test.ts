import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { until } from '../sessions/until.ts';
import { answerTo, LinkWindows, stateOf } from './linkWindows.ts';

describe('a link that arrives in another window than the one that waits', () => {
  let windows: LinkWindows;

  beforeEach(() => (windows = new LinkWindows()));
  afterEach(async () => {
    await windows.close();
    resetClock();
  });

  it('answers the sign-in there, which deletes it', async () => {
    const [here, there] = [windows.open(), windows.open()];
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: answerTo('a') });
    assert.match(await answered, /^state=a{43}&code=for-a$/);
    await until(() => windows.offers.length === 0);
  });

  it('answers each of two sign-ins in two windows, arriving in a third at the same moment', async () => {
    const [first, second, third] = [windows.open(), windows.open(), windows.open()];
    const a = windows.waitFor(first, 'a');
    const b = windows.waitFor(second, 'b');
    await Promise.all(['b', 'a'].map((letter) => third.handleUri({ query: answerTo(letter) })));
    assert.match(await a, /code=for-a/);
    assert.match(await b, /code=for-b/);
    await until(() => windows.offers.length === 0);
  });

  it('answers by the nonce that the relay brings back', async () => {
    const [here, there] = [windows.open(), windows.open()];
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: `nonce=${stateOf('a')}&code=1&state=vscode://elsewhere` });
    assert.equal(await answered, `state=${stateOf('a')}&code=1`);
  });

  it('is not stored where its state cannot be one of ours, or where it is over-long', async () => {
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

  it('is deleted by the next one where nobody took it within a minute', async () => {
    const links = windows.open();
    await links.handleUri({ query: answerTo('a') });
    moveClock(50);
    await links.handleUri({ query: answerTo('b') });
    moveClock(20);
    await links.handleUri({ query: answerTo('c') });
    assert.deepEqual(windows.offers, [`callback:${stateOf('b')}`, `callback:${stateOf('c')}`]);
  });

  it('is deleted by the next sign-in, as is what cannot be read', async () => {
    await windows.open().handleUri({ query: answerTo('a') });
    windows.secrets.stored.set('callback:broken', '{');
    windows.secrets.stored.set('session:1', '{}');
    moveClock(61);
    void windows.waitFor(windows.open(), 'b');
    await until(() => windows.offers.length === 0);
    assert.ok(windows.secrets.stored.has('session:1'));
  });

  it('is left for the window that waits by a sign-in that begins meanwhile', async () => {
    const [here, there] = [windows.open(), windows.open()];
    await here.handleUri({ query: answerTo('a') });
    await windows.secrets.arrived();
    void windows.waitFor(there, 'b');
    await windows.secrets.arrived();
    assert.equal(windows.offers.length, 1);
  });

  it('is lost, and logged, where the secrets refuse it', async () => {
    windows.secrets.refusesWrites = true;
    await windows.open().handleUri({ query: answerTo('a') });
    assert.match(windows.log.join('\n'), /the keyring is locked/);
  });

  it('answers though it cannot be deleted', async () => {
    const [here, there] = [windows.open(), windows.open()];
    const answered = windows.waitFor(there, 'a');
    await here.handleUri({ query: answerTo('a') });
    windows.secrets.refusesWrites = true;
    assert.match(await answered, /code=for-a/);
    await until(() => windows.log.some((line) => line.includes('the keyring is locked')));
  });

  it('answers though the secrets cannot be listed, as with some hosts of the web', async () => {
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
