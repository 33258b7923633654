import assert from 'node:assert/strict';
import { AppTokenSource } from '../../../src/appTokens/appTokenSource.ts';
import { endpointsAt } from '../../../src/auth/endpoints.ts';
import { type App, readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';

describe('AppTokenSource', () => {
  let spotify: Spotify;
  let app: App;
  let tokens: AppTokenSource;

  before(async () => (spotify = await startSpotify()));
  after(() => spotify.close());
  beforeEach(() => {
    app = spotify.addApp({ redirectUris: [] });
    tokens = new AppTokenSource({ endpoints: endpointsAt(spotify.accountsUrl), fetch });
  });
  afterEach(() => {
    resetClock();
    spotify.requests.clear();
    spotify.faults.clear();
  });

  const get = async () => (await tokens.get(app)).accessToken;
  const requests = () => spotify.requests.count('token', 'client_credentials');

  it('sends the secret in the header or in the body, as configured', async () => {
    for (const clientAuthentication of ['client_secret_basic', 'client_secret_post'] as const) {
      const how = { endpoints: endpointsAt(spotify.accountsUrl), fetch, clientAuthentication };
      await new AppTokenSource(how).get(app);
    }
    const sent = spotify.requests
      .to('token')
      .map(({ headers, form }) => [headers.authorization !== undefined, form.get('client_secret')]);
    assert.deepEqual(sent, [
      [true, null],
      [false, app.clientSecret],
    ]);
  });

  it('requests a token once, and returns it from memory while it is valid for five more minutes', async () => {
    const [first, second] = await Promise.all([get(), get()]);
    assert.equal(first, second);
    moveClock(3300 - 1);
    assert.equal(await get(), first);
    assert.equal(requests(), 1);
    moveClock(2);
    assert.notEqual(await get(), first);
    assert.equal(requests(), 2);
  });

  it('requests another token for another secret of the same app', async () => {
    await get();
    const wrong = { clientId: app.clientId, clientSecret: 'wrong' };
    await assert.rejects(tokens.get(wrong), { error: 'invalid_client' });
  });

  it('requests a new token after invalidate, unless the token is less than a minute old', async () => {
    const first = await get();
    moveClock(59);
    tokens.invalidate(app);
    assert.equal(await get(), first);
    moveClock(2);
    tokens.invalidate(app);
    assert.notEqual(await get(), first);
  });

  it('pauses after a failure', async () => {
    spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    await assert.rejects(get(), { name: 'RateLimitError' });
    await assert.rejects(get(), { name: 'RateLimitError' });
    assert.equal(requests(), 1);
    moveClock(48_926);
    await get();
  });

  it('requests one new token for several callers that invalidate the old one', async () => {
    await get();
    moveClock(61);
    const again = async () => {
      tokens.invalidate(app);
      return get();
    };
    const got = await Promise.all([again(), again(), again()]);
    assert.equal(new Set(got).size, 1);
    assert.equal(requests(), 2);
  });

  it('counts a failure once for several callers', async () => {
    const wrong = { clientId: app.clientId, clientSecret: 'wrong' };
    await Promise.allSettled(Array.from({ length: 10 }, () => tokens.get(wrong)));
    moveClock(1.5);
    await assert.rejects(tokens.get(wrong));
    assert.equal(requests(), 2);
  });

  it('does not pause for another secret', async () => {
    const wrong = { clientId: app.clientId, clientSecret: 'wrong' };
    await assert.rejects(tokens.get(wrong));
    await assert.rejects(tokens.get(wrong));
    assert.equal(requests(), 1);
    await get();
  });
});
