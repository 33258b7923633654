import assert from 'node:assert/strict';
import { readyFaults, type Fault } from '../../spotify/index.ts';
import {
  get,
  obtainToken,
  refreshing,
  refusal,
  requestToken,
  setScene,
  type Scene,
} from './steps.ts';

describe('Spotify stand-in: faults', () => {
  let scene: Scene;
  let accessToken: string;
  let refreshToken: string;
  beforeEach(async () => {
    scene = await setScene();
    ({ accessToken, refreshToken } = scene.spotify.tokens.issue(scene.alva, scene.app));
  });
  afterEach(() => scene.spotify.close());

  const me = () => get(scene, '/v1/me', accessToken);

  it('apply to the next requests to their endpoint only, in the given order', async () => {
    const { faults } = scene.spotify;
    faults.next(2, { on: 'me', status: 503, headers: { 'x-fault': '1' }, body: 'first' });
    faults.next(1, { on: 'me', status: 502 });
    await obtainToken(scene, refreshing(scene, refreshToken));
    const first = await me();
    assert.deepEqual([first.headers.get('x-fault'), await first.text()], ['1', 'first']);
    assert.deepEqual([(await me()).status, (await me()).status], [503, 502]);
    assert.equal(faults.waiting.length, 0);
    assert.equal((await me()).status, 200);
  });

  it('apply to any request if they name no endpoint', async () => {
    scene.spotify.faults.next(2, { status: 500 });
    assert.equal((await me()).status, 500);
    assert.equal((await requestToken(scene, refreshing(scene, refreshToken))).status, 500);
  });

  it('can be cleared', async () => {
    scene.spotify.faults.next(1, { reset: true });
    scene.spotify.faults.clear();
    assert.equal((await me()).status, 200);
  });

  it('can reset the connection before the request takes effect', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    scene.spotify.faults.next(1, { on: 'token', reset: true });
    await assert.rejects(requestToken(scene, refreshing(scene, refreshToken)));
    assert.equal(scene.spotify.requests.all[0]?.status, undefined);
    await obtainToken(scene, refreshing(scene, refreshToken));
  });

  it('can reset the connection after the request has taken effect', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    scene.spotify.faults.next(1, { on: 'token', loseAnswer: true });
    await assert.rejects(requestToken(scene, refreshing(scene, refreshToken)));
    const [, body] = await refusal(requestToken(scene, refreshing(scene, refreshToken)));
    assert.match(body, /Refresh token revoked/);
  });

  it('can close the connection in the middle of an answer', async () => {
    scene.spotify.faults.next(1, { on: 'me', truncate: true });
    const response = await me();
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
  });

  it('can delay an answer, but not the closing of the stand-in', async () => {
    scene.spotify.faults.next(1, { on: 'me', delayMs: 1 });
    assert.equal((await me()).status, 200);
    scene.spotify.faults.next(1, { on: 'me', delayMs: 3_600_000 });
    const waiting = assert.rejects(me());
    while (scene.spotify.requests.count('me') < 2) await new Promise(setImmediate);
    await scene.spotify.close();
    await waiting;
  });

  it('can refuse a valid refresh token, which stays valid', async () => {
    scene.spotify.faults.next(1, readyFaults.falseInvalidGrant);
    const [status, body] = await refusal(requestToken(scene, refreshing(scene, refreshToken)));
    assert.deepEqual([status, body.slice(0, 24)], [400, '{"error":"invalid_grant"']);
    await obtainToken(scene, refreshing(scene, refreshToken));
  });

  const ready: [
    name: string,
    fault: Fault,
    status: number,
    retryAfter: string | null,
    body: RegExp,
  ][] = [
    ['tooManyRequests', readyFaults.tooManyRequests(7), 429, '7', /^Too many requests$/],
    ['tooManyRequests, bare', readyFaults.tooManyRequests(), 429, null, /^Too many requests$/],
    ['rateLimitExceeded', readyFaults.rateLimitExceeded(7), 429, '7', /API rate limit exceeded/],
    ['quotaExceeded', readyFaults.quotaExceeded(), 429, '48925', /QUOTA_EXCEEDED/],
    ['silentTooManyRequests', readyFaults.silentTooManyRequests, 429, null, /^$/],
    ['internalServerError', readyFaults.internalServerError, 500, null, /^$/],
    ['badGateway', readyFaults.badGateway, 502, null, /"message": "Bad gateway\."/],
    ['upstreamConnectError', readyFaults.upstreamConnectError, 503, null, /^upstream connect/],
    ['serviceUnavailablePage', readyFaults.serviceUnavailablePage, 503, null, /^<!doctype html>/],
  ];
  for (const [name, fault, status, retryAfter, body] of ready) {
    it(`answer as Spotify did: ${name}`, async () => {
      scene.spotify.faults.next(1, { ...fault, on: 'me' });
      const response = await me();
      assert.equal(response.status, status);
      assert.equal(response.headers.get('retry-after'), retryAfter);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.match(await response.text(), body);
    });
  }
});
