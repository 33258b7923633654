import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ownClient } from '../../../src/common/client.ts';
import { exchangeAgain, KeptConsents } from '../../../src/signIn/consents.ts';
import { UnexchangedCodeError } from '../../../src/signIn/errors.ts';
import { readyFaults } from '../../spotify/index.ts';
import { loopback, SignInScene } from './signInScene.ts';

const KEY = 'the request';

describe('a consent whose code Spotify does not exchange', () => {
  let scene: SignInScene;

  beforeEach(async () => (scene = await SignInScene.set('http://127.0.0.1/callback')));
  afterEach(() => scene.close());

  /** The error of `step`, to which Spotify answers that the window must wait for an hour. */
  async function fail(step: () => Promise<unknown>): Promise<UnexchangedCodeError> {
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(3600) });
    const error = await step().catch((reason: unknown) => reason);
    assert.ok(error instanceof UnexchangedCodeError, inspect(error));
    return error;
  }

  const signIn = () => scene.signIn({ openFlow: loopback(), browse: (url) => void fetch(url) });

  it('is exchanged by the third try, if the second one fails, too', async () => {
    const control = { signal: AbortSignal.timeout(10_000) };
    const first = await fail(signIn);
    const second = await fail(() => exchangeAgain(first.consent(), control, scene.log));
    const consent = await exchangeAgain(second.consent(), control, scene.log);
    assert.ok(consent?.token.accessToken);
    assert.equal(scene.spotify.requests.count('authorize'), 1);
  });

  it('is kept for the client ID that the user agreed to, and for one try', async () => {
    const error = await fail(signIn);
    const kept = new KeptConsents();
    kept.keep(KEY, error);
    assert.equal(kept.take(KEY, ownClient('d'.repeat(32))), undefined);
    assert.equal(kept.take(KEY, undefined), undefined);
    kept.keep(KEY, error);
    assert.equal(kept.take(KEY, ownClient(scene.app.clientId)), error.consent());
  });
});
