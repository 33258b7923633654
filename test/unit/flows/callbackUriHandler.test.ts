import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { answerTo, LinkWindows, stateOf } from './linkWindows.ts';

describe('a link to the editor', () => {
  let windows: LinkWindows;

  beforeEach(() => (windows = new LinkWindows()));
  afterEach(() => windows.close());

  it('completes the sign-in of the window where it arrives, without SecretStorage', async () => {
    const links = windows.open();
    const answered = windows.waitFor(links, 'a');
    await links.handleUri({ query: answerTo('a') });
    assert.deepEqual(Object.fromEntries(new URLSearchParams(await answered)), {
      code: 'for-a',
      state: stateOf('a'),
    });
    assert.equal(windows.secrets.writes, 0);
  });

  it('completes the right one of several sign-ins in its window', async () => {
    const links = windows.open();
    const a = windows.waitFor(links, 'a');
    const b = windows.waitFor(links, 'b');
    await links.handleUri({ query: answerTo('b') });
    await links.handleUri({ query: answerTo('a') });
    assert.match(await a, /code=for-a/);
    assert.match(await b, /code=for-b/);
  });

  it('passes on Spotify’s error and the state, and no other parameter', async () => {
    const links = windows.open();
    const answered = windows.waitFor(links, 'a');
    const state = stateOf('a');
    await links.handleUri({ query: `error=access_denied&state=${state}&error_uri=https://x.dev` });
    assert.equal(await answered, `state=${state}&error=access_denied`);
  });

  it('keeps a plus that the address had as %2B', async () => {
    const links = windows.open();
    const answered = windows.waitFor(links, 'a');
    await links.handleUri({ query: `code=one+two&state=${stateOf('a')}` });
    assert.equal(new URLSearchParams(await answered).get('code'), 'one+two');
  });

  for (const [what, query] of [
    ['a foreign state', answerTo('x')],
    ['a state that is longer', `${answerTo('a')}a`],
    ['no state', 'code=1'],
    ['an empty state', 'code=1&state='],
    ['two states', `${answerTo('a')}&state=${stateOf('x')}`],
    ['two nonces', `code=1&nonce=${stateOf('a')}&nonce=${stateOf('a')}`],
    ['a foreign nonce beside the state', `${answerTo('a')}&nonce=${stateOf('x')}`],
    ['two codes', `${answerTo('a')}&code=2`],
    ['no code', `state=${stateOf('a')}`],
    ['nothing', ''],
    ['garbage', '%%%=&&&==+%E0%A4%A&state'],
  ] as const) {
    it(`with ${what} completes no sign-in`, async () => {
      const links = windows.open();
      let isAnswered = false;
      void windows.waitFor(links, 'a').then(
        () => (isAnswered = true),
        () => undefined,
      );
      await links.handleUri({ query });
      await setImmediate();
      assert.equal(isAnswered, false);
      assert.doesNotMatch(windows.log.join('\n'), /code|for-a|state/);
    });
  }

  it('is not logged if it only brings the window to the front', async () => {
    await windows.open().handleUri({ query: 'windowId=1' });
    assert.deepEqual([windows.log, windows.storedLinks], [[], []]);
  });

  it('is no longer waited for once the sign-in is cancelled', async () => {
    const links = windows.open();
    const controller = new AbortController();
    const waiting = links.waitFor(stateOf('a'), controller.signal);
    controller.abort(new Error('cancelled'));
    await assert.rejects(waiting, /^Error: cancelled$/);
    // No sign-in waits in this window any more, so the link is stored for the other windows.
    await links.handleUri({ query: answerTo('a') });
    assert.equal(windows.storedLinks.length, 1);
  });

  it('is not waited for by a sign-in that was cancelled before', async () => {
    const links = windows.open();
    const signal = AbortSignal.abort(new Error('cancelled'));
    await assert.rejects(links.waitFor(stateOf('a'), signal), /cancelled/);
    await links.handleUri({ query: answerTo('a') });
    assert.equal(windows.storedLinks.length, 1);
  });
});
