import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { SessionTokenCache } from '../../../src/sessions/sessionTokenCache.ts';
import { readyFaults } from '../../spotify/index.ts';
import { KeptLog } from '../keptLog.ts';
import { RefreshScene } from './refreshScene.ts';
import { sampleSession } from './sampleSession.ts';

describe('one refresh of a session', () => {
  const scene = new RefreshScene();

  /** A window that counts how often it has read the session's secret, at its requests and writes. */
  async function openCounting(id: string) {
    const key = `session:${id}`;
    const storage = scene.machine.secrets.window();
    const counts = { atRequests: [] as number[], atWrites: [] as number[] };
    let reads = 0;
    const counting: SecretStorage = {
      ...storage,
      get: (name) => {
        if (name === key) reads++;
        return storage.get(name);
      },
      store: (name, value) => {
        if (name === key) counts.atWrites.push(reads);
        return storage.store(name, value);
      },
    };
    const window = await scene.open({
      secrets: counting,
      fetch: (url, init) => {
        counts.atRequests.push(reads);
        return fetch(url, init);
      },
    });
    reads = 0;
    return { window, counts };
  }

  it('reads the record once before the request, and compares it once before the write', async () => {
    const { id } = scene.keepSession(0);
    const { window, counts } = await openCounting(id);
    assert.ok(await window.accessToken(id));
    assert.deepEqual(counts, { atRequests: [1], atWrites: [2] });
  });

  it('reads the record again after Spotify has refused the refresh token', async () => {
    const { id } = scene.keepSession(0);
    const { window, counts } = await openCounting(id);
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.falseInvalidGrant });
    assert.equal(await window.accessToken(id), undefined);
    // Three reads look for the token of another window, and one compares before the suspension.
    assert.deepEqual(counts, { atRequests: [1], atWrites: [5] });
  });
});

describe('SessionTokenCache', () => {
  const scene = new RefreshScene();
  const { token } = sampleSession();
  const renewed = { ...token, accessToken: 'BQy', refreshToken: 'AQy' };

  async function open() {
    const session = scene.keepSession(0, { token });
    const { store } = await scene.open();
    return { store, session, cache: new SessionTokenCache(store, session.id, new KeptLog()) };
  }

  it('returns a primed token once, and then what is stored', async () => {
    const { cache } = await open();
    cache.prime(renewed);
    assert.deepEqual([await cache.get(), await cache.get()], [renewed, token]);
  });

  it('returns a stored token in place of one that was primed before', async () => {
    const { cache } = await open();
    await cache.get();
    cache.prime(token);
    await cache.set(renewed);
    assert.deepEqual(await cache.get(), renewed);
  });

  it('drops a token from before a new consent, also if that consent has primed the cache', async () => {
    const { cache, store, session } = await open();
    await cache.get();
    const consent = { ...token, accessToken: 'BQz', refreshToken: 'AQz' };
    await store.put({ ...session, token: consent });
    cache.prime(consent);
    await cache.set(renewed);
    assert.deepEqual(await cache.get(), consent);
  });
});
