import assert from 'node:assert/strict';
import { type Fault, readyFaults } from '../../spotify/index.ts';
import { accountLabels, EXPIRED, HeardChanges, signInWithToken, silently } from '../asConsumer.ts';
import { replace } from '../replace.ts';
import { ShortPauses } from '../shortPauses.ts';
import { ShownMessages } from '../shownMessages.ts';
import { integrationSuite } from '../suite.ts';

const NO_TOKEN = { message: /^Spotify cannot be reached at the moment.* You stay signed in\.$/ };

/** Spotify's answers in place of a token, and how many requests each causes. */
const failures: Record<string, { fault: Fault; requests: number }> = {
  'a connection that breaks': { fault: { reset: true }, requests: 4 },
  'half an answer': { fault: { truncate: true }, requests: 4 },
  'one 503 after another': { fault: readyFaults.upstreamConnectError, requests: 4 },
  'an HTML page with status 503': { fault: readyFaults.serviceUnavailablePage, requests: 4 },
  'an HTML page with status 200': { fault: page(200), requests: 1 },
  'an HTML page with status 400': { fault: page(400), requests: 1 },
  'an HTML page with status 403': { fault: page(403), requests: 1 },
  'a 429 that asks for hours': { fault: readyFaults.quotaExceeded(), requests: 1 },
};

/** A page that a proxy or a hotel's network sends in place of Spotify's answer. */
function page(status: number): Fault {
  return {
    status,
    headers: { 'Content-Type': 'text/html' },
    body: '<!doctype html><title>Welcome</title><h1>Please accept our terms</h1>',
  };
}

/** About src/auth/transientErrors.ts and src/sessions/backoff.ts. */
describe('a transient error', () => {
  const suite = integrationSuite({ ownApp: true });
  let messages: ShownMessages;
  let changes: HeardChanges;

  beforeEach(() => {
    messages = suite.use(new ShownMessages());
    suite.use(new ShortPauses());
  });

  const refreshes = () => suite.spotify.requests.count('token', 'refresh_token');

  async function signIn(lifetime: number): Promise<string> {
    const id = await signInWithToken(suite.spotify, lifetime);
    changes = suite.use(new HeardChanges());
    return id;
  }

  /** Expects that no user was signed out, no event was fired and no message was shown. */
  async function assertNothingHappened(): Promise<void> {
    assert.equal(await changes.count(), 0);
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
    assert.deepEqual(messages.texts, []);
  }

  for (const [name, { fault, requests }] of Object.entries(failures)) {
    it(`is ${name}: the call fails, the next one fails without a request, and the session stays`, async () => {
      await signIn(EXPIRED);
      const now = Date.now();
      // The clock stands still, so that the pause after the failure cannot end between the two calls.
      suite.use(replace(Date, { now: () => now }));
      suite.spotify.faults.next(requests, { on: 'token', ...fault });
      await assert.rejects(async () => silently(), NO_TOKEN);
      assert.equal(refreshes(), requests);
      await assert.rejects(async () => silently(), NO_TOKEN);
      assert.equal(refreshes(), requests);
      await assertNothingHappened();
    });

    it(`is ${name}: a token that is still valid is returned`, async () => {
      const id = await signIn(30);
      suite.spotify.faults.next(requests, { on: 'token', ...fault });
      assert.equal((await silently())?.id, id);
      assert.equal(refreshes(), requests);
      await assertNothingHappened();
    });
  }

  for (const [name, fault] of Object.entries({
    'a 503 twice': readyFaults.upstreamConnectError,
    'an HTML page with status 503 twice': readyFaults.serviceUnavailablePage,
    'a broken connection twice': { reset: true } as const,
    'a 429 with Retry-After 2, twice': readyFaults.tooManyRequests(2),
  })) {
    it(`is ${name}: the call succeeds after repeated requests`, async () => {
      const id = await signIn(EXPIRED);
      suite.spotify.faults.next(2, { on: 'token', ...fault });
      assert.equal((await silently())?.id, id);
      assert.equal(refreshes(), 3);
      assert.equal(await changes.count(), 1);
      assert.deepEqual(messages.texts, []);
    });
  }

  it('ends by itself: after the pause the same session has a token again', async () => {
    const id = await signIn(EXPIRED);
    suite.spotify.faults.next(1, { on: 'token', ...page(200) });
    await assert.rejects(async () => silently(), NO_TOKEN);
    let session;
    while (!session) session = await Promise.resolve(silently()).catch(() => undefined);
    assert.equal(session.id, id);
    assert.equal(refreshes(), 2);
    assert.equal(await changes.count(), 1);
  });

  it('is silence: the call fails within the time limit though Spotify never answers', async () => {
    await signIn(EXPIRED);
    suite.spotify.faults.next(4, { on: 'token', delayMs: 60_000 });
    await assert.rejects(async () => silently(), NO_TOKEN);
    await assertNothingHappened();
  });

  it('is not a 403 of the Web API: the token stays, and no request is sent', async () => {
    const { spotify } = suite;
    await signIn(3600);
    const before = await silently();
    const [app] = [...spotify.apps.values()].slice(-1);
    assert.ok(app);
    app.allowList = [];
    const headers = { Authorization: `Bearer ${String(before?.accessToken)}` };
    assert.equal((await fetch(`${spotify.apiUrl}/v1/me`, { headers })).status, 403);
    assert.deepEqual(await silently(), before);
    assert.equal(refreshes(), 0);
    await assertNothingHappened();
  });
});
