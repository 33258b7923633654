import assert from 'node:assert/strict';
import { endpointsAt, type Fetch } from '../../../src/auth/index.ts';
import { isKnownClient } from '../../../src/setUp/knownClient.ts';
import {
  type App,
  type Fault,
  readyFaults,
  type Spotify,
  startSpotify,
} from '../../spotify/index.ts';

const CLIENT_IDS = ['f'.repeat(32), 'no such client', 'ü&client_id=', '%'];

/** Answers that do not tell whether Spotify knows the client ID. */
const INCONCLUSIVE_ANSWERS: readonly [string, Fault][] = [
  ['503 in plain text', readyFaults.upstreamConnectError],
  ['503 as a page', readyFaults.serviceUnavailablePage],
  ['429 without a pause', readyFaults.silentTooManyRequests],
  ['429 with a pause of an hour', readyFaults.tooManyRequests(3600)],
  ['a connection that is reset', { reset: true }],
  ['an answer that is lost', { loseAnswer: true }],
  ['half an answer', { truncate: true }],
  ['a redirect', { status: 302, headers: { Location: 'https://example.com/' } }],
  ['another refusal', { status: 400, body: '{"error":"unauthorized_client"}' }],
  ['the text invalid_client outside JSON', { status: 400, body: 'invalid_client' }],
];

describe('asking Spotify whether it knows a client ID', () => {
  let spotify: Spotify;
  let app: App;

  beforeEach(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
  });
  afterEach(() => spotify.close());

  const ask = (clientId: string, signal = new AbortController().signal, send: Fetch = fetch) =>
    isKnownClient(clientId, { accounts: endpointsAt(spotify.accountsUrl), fetch: send, signal });

  it('returns true if Spotify refuses only the made-up code, and sends one request', async () => {
    assert.equal(await ask(app.clientId), true);
    const [asked, ...others] = spotify.requests.to('token');
    assert.equal(others.length, 0);
    assert.equal(asked?.form.get('grant_type'), 'authorization_code');
    assert.equal(asked.form.get('client_id'), app.clientId);
    assert.match(asked.form.get('code_verifier') ?? '', /^[\w.~-]{43,128}$/);
    assert.equal(asked.headers.authorization, undefined);
  });

  for (const clientId of CLIENT_IDS) {
    it(`returns false for invalid_client: ${clientId}`, async () => {
      assert.equal(await ask(clientId), false);
      assert.equal(spotify.requests.to('token')[0]?.form.get('client_id'), clientId);
    });
  }

  for (const status of [400, 401]) {
    it(`returns false for invalid_client with HTTP status ${status} and any description`, async () => {
      const body = '{"error":"invalid_client","error_description":"Words of tomorrow"}';
      spotify.faults.next(1, { on: 'token', status, body });
      assert.equal(await ask(app.clientId), false);
    });
  }

  for (const [what, fault] of INCONCLUSIVE_ANSWERS) {
    it(`returns true and sends one request: ${what}`, async () => {
      spotify.faults.next(1, { on: 'token', ...fault });
      assert.equal(await ask('f'.repeat(32)), true);
      assert.deepEqual(spotify.faults.waiting, []);
      assert.ok(spotify.requests.count('token') <= 1);
    });
  }

  it('returns true if there is no network', async () => {
    await spotify.close();
    assert.equal(await ask('f'.repeat(32)), true);
  });

  it('rejects when its signal is aborted', async () => {
    const { signal, ...controller } = withSignal();
    const never: Fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        controller.abort();
      });
    await assert.rejects(ask(app.clientId, signal, never), /something else was typed/);
  });
});

function withSignal(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('something else was typed'));
  return { signal: controller.signal, abort };
}
