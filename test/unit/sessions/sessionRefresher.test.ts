import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownClient } from '../../../src/common/client.ts';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { type App, readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';
import { FakeSecrets } from './fakeSecrets.ts';
import { Window } from './fakeWindow.ts';
import { sampleSession } from './sampleSession.ts';

const now = () => Date.now() / 1000;

describe('SessionRefresher', () => {
  let spotify: Spotify;
  let app: App;
  let folder: string;
  let secrets: FakeSecrets;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sessions-'));
    secrets = new FakeSecrets();
    spotify.requests.clear();
    spotify.faults.clear();
    spotify.behaviour.rotateRefreshTokens = true;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const refreshes = () => spotify.requests.count('token', 'refresh_token');

  /** Stores a session whose token lasts `secondsLeft` more seconds, and opens windows that have read it. */
  async function open(secondsLeft: number, windows = 1, session: Partial<StoredSession> = {}) {
    const user = spotify.users.get('alva');
    assert.ok(user);
    const token = { ...spotify.tokens.issue(user, app), expiresAt: now() + secondsLeft };
    const stored = sampleSession({
      client: ownClient(app.clientId),
      consentedAt: now(),
      token,
      ...session,
    });
    secrets.stored.set('session:first', serializeSession(stored));
    const opened = Array.from({ length: windows }, newWindow);
    for (const window of opened) await window.store.list();
    return opened as [Window, ...Window[]];
  }

  const newWindow = () =>
    new Window({ secrets: secrets.window(), folder, accountsUrl: spotify.accountsUrl });
  const stored = () => JSON.parse(secrets.stored.get('session:first') ?? '{}') as StoredSession;

  it('returns the token from memory while it lasts for more than five minutes', async () => {
    const [window] = await open(301);
    secrets.reads = 0;
    assert.equal(await window.accessToken('first'), stored().token.accessToken);
    assert.deepEqual([refreshes(), secrets.reads], [0, 0]);
  });

  it('returns the token at once and refreshes in the background while it lasts for more than a minute', async () => {
    const [window] = await open(299);
    const old = stored().token.accessToken;
    assert.deepEqual(
      [await window.accessToken('first'), await window.accessToken('first')],
      [old, old],
    );
    while (window.changes.length === 0) await pause(5);
    assert.equal(await window.accessToken('first'), stored().token.accessToken);
    assert.notEqual(stored().token.accessToken, old);
    assert.deepEqual([refreshes(), window.changes.length], [1, 1]);
  });

  it('waits for a new token if the old one ends within a minute', async () => {
    const [window] = await open(59);
    const old = stored().token.accessToken;
    assert.notEqual(await window.accessToken('first'), old);
    assert.equal(window.changes.length, 1);
  });

  it('is a public client, also if the environment has a client secret', async () => {
    process.env['SPOTIFY_SDK_CLIENT_SECRET'] = app.clientSecret;
    try {
      const [window] = await open(0);
      assert.ok(await window.accessToken('first'));
    } finally {
      delete process.env['SPOTIFY_SDK_CLIENT_SECRET'];
    }
    const [request] = spotify.requests.to('token');
    assert.equal(request?.headers.authorization, undefined);
    assert.equal(request?.form.get('client_id'), app.clientId);
  });

  for (const rotates of [true, false]) {
    const mode = rotates ? 'that rotates' : 'that stays';
    it(`sends one request for four windows with fifty calls each, with a refresh token ${mode}`, async () => {
      spotify.behaviour.rotateRefreshTokens = rotates;
      secrets.lagMs = 200;
      const windows = await open(0, 4);
      const calls = windows.flatMap((window) =>
        Array.from({ length: 50 }, () => window.accessToken('first')),
      );
      const tokens = new Set(await Promise.all(calls));
      assert.deepEqual([...tokens], [stored().token.accessToken]);
      assert.equal(refreshes(), 1);
      await pause(300);
      for (const { changes } of windows) assert.equal(changes.length, 1);
    });
  }

  it('repeats the request after two 503s and a Retry-After of two seconds', async () => {
    const [window] = await open(0);
    spotify.faults.next(2, { on: 'token', ...readyFaults.upstreamConnectError });
    spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(2) });
    assert.ok(await window.accessToken('first'));
    assert.equal(refreshes(), 4);
  });

  for (const [what, fault] of [
    ['Spotify’s page of an outage', readyFaults.serviceUnavailablePage],
    ['a page in place of an answer', { status: 200, body: '<html></html>' }],
    ['a broken connection', { reset: true }],
    ['a 429 for hours', readyFaults.tooManyRequests(48_925)],
  ] as const) {
    it(`keeps the session after ${what}, and sends no request during the pause`, async () => {
      const [window] = await open(0);
      spotify.faults.next(9, { on: 'token', ...fault });
      await assert.rejects(window.accessToken('first'));
      const asked = refreshes();
      await assert.rejects(window.accessToken('first'));
      assert.equal(refreshes(), asked);
      assert.deepEqual([window.changes, window.refused], [[], []]);
      spotify.faults.clear();
      // A window opened later knows nothing of the pause.
      assert.ok(await newWindow().accessToken('first'));
    });
  }

  it('returns the old token while it lasts if there is no new one', async () => {
    const [window] = await open(30);
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    assert.equal(await window.accessToken('first'), stored().token.accessToken);
  });

  it('suspends the session of a client ID that Spotify does not know, and reports it', async () => {
    const [window] = await open(0, 1, { client: ownClient('f'.repeat(32)) });
    assert.equal(await window.accessToken('first'), undefined);
    assert.deepEqual([await window.store.list(), window.refused.length], [[], 1]);
  });

  it('suspends a refused session in every window, and reports it once', async () => {
    const windows = await open(0, 4);
    spotify.faults.next(9, { on: 'token', ...readyFaults.falseInvalidGrant });
    const calls = windows.flatMap((window) => [
      window.accessToken('first'),
      window.accessToken('first'),
    ]);
    assert.deepEqual(new Set(await Promise.all(calls)), new Set([undefined]));
    for (const { changes, store } of windows) {
      assert.equal(changes.length, 1);
      assert.equal(changes[0]?.removed.length, 1);
      assert.deepEqual(await store.list(), []);
      assert.equal((await store.all()).length, 1);
    }
    assert.equal(windows.flatMap(({ refused }) => refused).length, 1);
    assert.equal(refreshes(), 1);
  });

  it('brings a suspended session back with its id if the refusal was a false alarm', async () => {
    const [window, other] = await open(0, 2, { suspendedAt: now() - 3601 });
    assert.equal(await window.accessToken('first'), stored().token.accessToken);
    assert.equal(stored().suspendedAt, undefined);
    for (const opened of [window, other]) {
      assert.deepEqual(
        opened?.changes.map(({ added }) => added[0]?.id),
        ['first'],
      );
    }
  });

  it('removes a refused session at once if its six months are over', async () => {
    const [window] = await open(0, 1, { consentedAt: now() - 182 * 24 * 3600 });
    spotify.faults.next(1, { on: 'token', ...readyFaults.falseInvalidGrant });
    assert.equal(await window.accessToken('first'), undefined);
    assert.deepEqual([await window.store.all(), window.refused.length], [[], 1]);
  });

  it('drops the token of a session that is signed out during the refresh', async () => {
    secrets.lagMs = 200;
    const [window, other] = await open(0, 2);
    spotify.faults.next(1, { on: 'token', delayMs: 300 });
    const refreshing = window.accessToken('first');
    while (refreshes() === 0) await pause(5);
    await other?.store.remove('first');
    assert.equal(await refreshing, undefined);
    await pause(500);
    assert.deepEqual([...secrets.stored], []);
    for (const opened of [window, other]) assert.deepEqual(await opened?.store.all(), []);
  });

  it('keeps a rotated token that SecretStorage refuses, and stores it at the next call', async () => {
    const [window] = await open(0);
    secrets.refusesWrites = true;
    await assert.rejects(window.accessToken('first'), /locked/);
    secrets.refusesWrites = false;
    await pause(1100);
    assert.equal(await window.accessToken('first'), stored().token.accessToken);
    assert.equal(refreshes(), 1);
  });

  it('returns a token that SecretStorage refuses if its refresh token is the stored one', async () => {
    spotify.behaviour.rotateRefreshTokens = false;
    const [window] = await open(0);
    secrets.refusesWrites = true;
    const token = await window.accessToken('first');
    assert.ok(token !== undefined && token !== stored().token.accessToken);
    assert.equal(await window.accessToken('first'), token);
    assert.equal(refreshes(), 1);
  });

  it('recovers a session that was suspended while the lock holder slept past its lease', async () => {
    const [window, other] = await open(0, 2);
    spotify.faults.next(1, { on: 'token', answerDelayMs: 1500 });
    const sleeping = window.accessToken('first');
    while (refreshes() === 0) await pause(5);
    const locks = (await readdir(folder)).filter((name) => name.endsWith('.lock'));
    for (const lock of locks) await utimes(path.join(folder, lock), 0, 0);
    assert.equal(await other?.accessToken('first'), undefined);
    assert.ok(await sleeping);
    // Longer than the other window takes to read the new record.
    await pause(50);
    assert.equal(await window.accessToken('first'), stored().token.accessToken);
    assert.equal(await other?.accessToken('first'), stored().token.accessToken);
  });

  it('takes the token of a window that shares only the secrets', async () => {
    secrets.lagMs = 200;
    await open(0);
    const remote = () =>
      new Window({ secrets: secrets.window(), accountsUrl: spotify.accountsUrl });
    const tokens = await Promise.all([remote(), remote()].map((host) => host.accessToken('first')));
    assert.deepEqual(new Set(tokens), new Set([stored().token.accessToken]));
    assert.equal(stored().suspendedAt, undefined);
  });
});
