import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describeError } from '../../../src/common/describeError.ts';
import { AccountRefusedError, AccountUnansweredError } from '../../../src/signIn/errors.ts';
import { identify } from '../../../src/signIn/account.ts';
import { type Fault, readyFaults } from '../../spotify/index.ts';
import { loopback, SignInScene } from './signInScene.ts';

const openFlow = loopback();
const realNow = performance.now.bind(performance);

/** A `fetch` that takes so long for the account that no time for a repetition is left. */
function slowFetch(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).finally(() => {
    if (url.endsWith('/v1/me')) performance.now = () => realNow() + 60_000;
  });
}

/** About src/signIn/account.ts. */
describe('a sign-in whose account Spotify cannot name', () => {
  let scene: SignInScene;

  beforeEach(async () => (scene = await SignInScene.set('http://127.0.0.1/callback')));
  afterEach(async () => {
    performance.now = realNow;
    await scene.close();
  });

  /** The error of a sign-in whose request for the account meets `fault`. */
  async function fail(fault: Fault): Promise<AccountUnansweredError> {
    scene.spotify.faults.next(1, { on: 'me', ...fault });
    const signedIn: Promise<unknown> = scene
      .signIn({ openFlow, browse: (url) => void fetch(url), fetch: slowFetch })
      .catch((error: unknown) => error);
    const error = await signedIn;
    assert.ok(error instanceof AccountUnansweredError, inspect(error));
    return error;
  }

  for (const [what, fault] of [
    ['503', readyFaults.upstreamConnectError],
    ['429 for hours', readyFaults.quotaExceeded()],
    ['429 without a body', readyFaults.silentTooManyRequests],
    ['a broken connection', { reset: true }],
  ] as const) {
    it(`keeps the consent after ${what}, and then requests only the account`, async () => {
      const error = await fail(fault);
      scene.spotify.requests.clear();
      const signal = AbortSignal.timeout(10_000);
      const { account, scopes } = await identify(error.consent(), signal, scene.environment());
      assert.deepEqual([account.label, scopes], ['Alva', ['user-read-private']]);
      const asked = scene.spotify.requests.all.map(({ endpoint }) => endpoint);
      assert.deepEqual(asked, ['me']);
    });
  }

  it('shows no token when its error is printed', async () => {
    const error = await fail(readyFaults.upstreamConnectError);
    const { accessToken, refreshToken = '' } = error.consent().token;
    const printed = [
      inspect(error, { showHidden: true, depth: Infinity, getters: true }),
      JSON.stringify(error),
      describeError(error),
      String(error.stack),
    ].join('\n');
    assert.ok(accessToken.length > 40 && refreshToken.length > 40);
    for (const token of [accessToken, refreshToken]) assert.ok(!printed.includes(token));
    assert.match(describeError(error), /because of ServerError/);
  });

  it('keeps the consent after a second failure', async () => {
    const error = await fail(readyFaults.quotaExceeded());
    scene.spotify.faults.next(1, { on: 'me', ...readyFaults.quotaExceeded() });
    const again = identify(error.consent(), AbortSignal.timeout(10_000), scene.environment());
    await assert.rejects(again, (second) => {
      assert.ok(second instanceof AccountUnansweredError);
      assert.equal(second.consent(), error.consent());
      return true;
    });
  });

  it('does not keep the consent if Spotify refuses the user, or if it is cancelled', async () => {
    const error = await fail(readyFaults.quotaExceeded());
    const ask = (signal: AbortSignal) =>
      identify(error.consent(), signal, scene.environment()).then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
    scene.app.allowList = [];
    assert.ok((await ask(AbortSignal.timeout(10_000))) instanceof AccountRefusedError);
    const cancelled = new Error('cancelled');
    assert.equal(await ask(AbortSignal.abort(cancelled)), cancelled);
  });
});
