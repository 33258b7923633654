import assert from 'node:assert/strict';
import type { Fetch } from '../../../src/auth/index.ts';
import { browserMachine } from '../../../src/web/browserMachine.ts';
import { readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';

const never = new AbortController().signal;
const { reach } = browserMachine;

describe('browserMachine', () => {
  let spotify: Spotify;

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  afterEach(() => spotify.faults.clear());

  it('reports its user agent, and nothing else about the computer', () => {
    assert.deepEqual(browserMachine.system(), {
      system: undefined,
      runtime: navigator.userAgent,
    });
    assert.deepEqual(browserMachine.names, []);
    assert.equal(browserMachine.tryLoopbackPort, undefined);
    assert.equal(browserMachine.proxyVariables, undefined);
    assert.equal(browserMachine.findProxy, undefined);
  });

  it('reaches a server that answers with any status, and cannot see the status', async () => {
    spotify.faults.next(1, readyFaults.serviceUnavailablePage);
    for (let times = 0; times < 2; times++) {
      const answer = await reach(spotify.accountsUrl, { fetch, signal: never });
      assert.deepEqual(answer, { status: undefined, skewSeconds: undefined });
    }
    assert.deepEqual(spotify.faults.waiting, []);
  });

  it('sends a request that needs no CORS permission and bypasses the cache', async () => {
    const asked: RequestInit[] = [];
    const keeping: Fetch = (url, init) => {
      asked.push(init);
      return fetch(url, init);
    };
    await reach(spotify.accountsUrl, { fetch: keeping, signal: never });
    const [{ method, mode, cache, headers } = {}] = asked;
    assert.deepEqual([method, mode, cache, headers], ['HEAD', 'no-cors', 'no-store', undefined]);
  });

  it('reports a broken connection as the browser describes it', async () => {
    spotify.faults.next(1, { reset: true });
    const answer = await reach(spotify.accountsUrl, { fetch, signal: never });
    assert.ok('fault' in answer && answer.fault.kind === 'broken', JSON.stringify(answer));
    const failing: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const silent = await reach(spotify.accountsUrl, { fetch: failing, signal: never });
    assert.deepEqual(silent, { fault: { kind: 'other', code: undefined } });
  });

  it('waits no longer than the time limit', async () => {
    spotify.faults.next(1, { delayMs: 60_000 });
    const answer = await reach(spotify.accountsUrl, { fetch, signal: never, timeoutMs: 50 });
    assert.deepEqual(answer, { fault: { kind: 'timeout' } });
  });

  it('stops when it is cancelled', async () => {
    spotify.faults.next(1, { delayMs: 60_000 });
    const cancelled = new AbortController();
    const { signal } = cancelled;
    const asked = reach(spotify.accountsUrl, { fetch, signal, timeoutMs: 60_000 });
    cancelled.abort(new Error('cancelled'));
    await assert.rejects(asked, /cancelled/);
  });
});
