import assert from 'node:assert/strict';
import {
  AuthorizationCode,
  ConfigurationError,
  InvalidResponseError,
  StateMismatchError,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1:5000/callback';

describe('which code verifier belongs to a code', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());
  beforeEach(() => spotify.requests.clear());

  const client = () => publicClient(spotify, app, { redirectUri });
  const exchanges = () => spotify.requests.count('token');

  /** What the browser ends on, and the code in it. */
  async function visit(url: string): Promise<{ answer: string; code: string }> {
    const { headers } = await fetch(url, { redirect: 'manual' });
    const answer = headers.get('location') ?? '';
    return { answer, code: new URL(answer).searchParams.get('code') ?? '' };
  }

  it('is that of its state, once parsed', async () => {
    const auth = client();
    const [first, second] = [await auth.getAuthorizationUrl(), await auth.getAuthorizationUrl()];
    const [, { answer }] = [await visit(first), await visit(second)];
    assert.ok(await auth.exchangeCode(auth.parseResponseUrl(answer)));
  });

  it('is that of the state given, for a code that was not parsed here', async () => {
    const auth = client();
    await auth.getAuthorizationUrl();
    const { code } = await visit(await auth.getAuthorizationUrl({ state: 'mine' }));
    assert.ok(await auth.exchangeCode(code, { state: 'mine' }));
  });

  it('is that of the only URL outstanding', async () => {
    const auth = client();
    const { code } = await visit(await auth.getAuthorizationUrl());
    assert.ok(await auth.exchangeCode(code));
  });

  it('is the one given, as after a restart of a web server', async () => {
    const codeVerifier = 'v'.repeat(43);
    const { answer } = await visit(await client().getAuthorizationUrl({ codeVerifier }));
    const restarted = client();
    const code = restarted.parseResponseUrl(answer);
    assert.ok(await restarted.exchangeCode(code, { codeVerifier }));
  });

  it('serves once', async () => {
    const auth = client();
    const { answer } = await visit(await auth.getAuthorizationUrl({ state: 'mine' }));
    const code = auth.parseResponseUrl(answer);
    await auth.exchangeCode(code);
    for (const options of [{}, { state: 'mine' }]) {
      await assert.rejects(auth.exchangeCode(code, options), ConfigurationError);
    }
    assert.equal(exchanges(), 1);
  });

  it('is used up by a verifier given by hand', async () => {
    const auth = client();
    const { code } = await visit(
      await auth.getAuthorizationUrl({ state: 'mine', codeVerifier: 'v'.repeat(43) }),
    );
    await auth.exchangeCode(code, { state: 'mine', codeVerifier: 'v'.repeat(43) });
    await assert.rejects(auth.exchangeCode(code, { state: 'mine' }), ConfigurationError);
  });

  it('is not guessed: nothing is sent', async () => {
    const auth = client();
    await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
    await auth.getAuthorizationUrl();
    await assert.rejects(auth.exchangeCode('AQx', { state: 'other' }), ConfigurationError);
    await auth.getAuthorizationUrl();
    await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
    auth.close();
    await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
    assert.equal(exchanges(), 0);
  });

  it('is not looked for where the answer is not one of ours', async () => {
    const auth = client();
    await auth.getAuthorizationUrl({ state: 'mine' });
    assert.throws(() => auth.parseResponseUrl('?code=AQx&state=theirs'), StateMismatchError);
    assert.throws(() => auth.parseResponseUrl('?code=AQx'), StateMismatchError);
    assert.throws(
      () => auth.parseResponseUrl('?code=AQx&state=mine', { expectedState: 'another' }),
      StateMismatchError,
    );
    for (const twice of ['code=AQx&code=AQy&state=mine', 'code=AQx&state=mine&state=mine']) {
      assert.throws(() => auth.parseResponseUrl(twice), InvalidResponseError);
    }
    assert.equal(auth.parseResponseUrl('?code=AQx&state=mine'), 'AQx');
  });

  it('does not matter to the static form, which checks the state it is told to', () => {
    const url = `${redirectUri}?code=AQx&state=mine`;
    assert.equal(AuthorizationCode.parseResponseUrl(url), 'AQx');
    assert.equal(AuthorizationCode.parseResponseUrl(url, { expectedState: 'mine' }), 'AQx');
    assert.throws(
      () => AuthorizationCode.parseResponseUrl(url, { expectedState: 'other' }),
      StateMismatchError,
    );
  });

  it('is not sent any more after an abort', async () => {
    const auth = client();
    const { answer } = await visit(await auth.getAuthorizationUrl());
    const code = auth.parseResponseUrl(answer);
    const controller = new AbortController();
    spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
    const exchange = auth.exchangeCode(code, { signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await assert.rejects(exchange, /changed my mind/);
    spotify.faults.clear();
  });
});
