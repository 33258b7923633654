import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { startStandIn, type StandIn } from '../../../stand-in/index.ts';

describe('the control address of the stand-in', () => {
  let standIn: StandIn;
  beforeEach(async () => {
    standIn = await startStandIn();
  });
  afterEach(() => standIn.close());

  const call = async (request: string, body?: object, headers: Record<string, string> = {}) => {
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(standIn.controlUrl + path, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const refusal = async (request: string, body?: object) => {
    const { status, body: answer } = await call(request, body);
    return `${status} ${String(answer['error'])}`;
  };
  const me = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${standIn.apiUrl}/v1/me`, { headers })).status;
  };

  it('names the addresses, the client and the users', async () => {
    const { accountsUrl, apiUrl, clientId, clientSecret, env } = standIn;
    const { body } = await call('GET /');
    assert.deepEqual(body, {
      ...{ accountsUrl, apiUrl, clientId, clientSecret, env },
      users: ['alva', 'noor'],
    });
  });

  it('issues, expires and revokes tokens', async () => {
    const { body } = await call('POST /tokens', { user: 'alva', scope: ['streaming'] });
    const { accessToken, refreshToken } = body as { accessToken: string; refreshToken: string };
    assert.equal(await me(accessToken), 200);
    await call('POST /tokens/expire', {});
    assert.equal(await me(accessToken), 401);
    await call('POST /tokens/revoke', { user: 'alva' });
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const refused = await fetch(`${standIn.accountsUrl}/api/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_id: standIn.clientId }),
    });
    const { error_description } = (await refused.json()) as { error_description: string };
    assert.equal(error_description, 'Refresh token revoked');
  });

  it('makes requests fail, by the name of a fault or by its members', async () => {
    const { accessToken } = standIn.issueTokens('alva');
    await call('POST /faults', { next: 2, on: 'me', fault: 'tooManyRequests', retryAfter: 7 });
    await call('POST /faults', { status: 503, body: 'Sorry' });
    assert.equal(standIn.faults.waiting.length, 3);
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await fetch(`${standIn.apiUrl}/v1/me`, { headers });
    assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '7']);
    const { body } = await call('GET /faults');
    assert.equal(Object.keys(body).length, 2);
    await call('DELETE /faults');
    assert.equal(await me(accessToken), 200);
  });

  it('changes the behaviour, the app and the users', async () => {
    await call('PATCH /behaviour', { consent: { agreeAs: 'noor' }, expiresIn: 5 });
    await call('PATCH /app', { developmentMode: false });
    await call('PATCH /users/alva', { nowPlaying: null, product: 'free', devices: [] });
    assert.deepEqual(standIn.behaviour.consent, { agreeAs: 'noor' });
    assert.equal(standIn.behaviour.expiresIn, 5);
    assert.equal(standIn.app.developmentMode, false);
    const { nowPlaying, product, player } = standIn.user('alva');
    assert.deepEqual([nowPlaying, product, player.devices], [null, 'free', []]);
  });

  it('moves the clock', async () => {
    const { accessToken } = standIn.issueTokens('alva');
    await call('POST /clock', { advance: 3601 });
    assert.equal(await me(accessToken), 401);
  });

  it('shows the requests, and forgets them', async () => {
    await fetch(`${standIn.apiUrl}/v1/search?q=x`);
    const { body } = await call('GET /requests');
    const [request] = Object.values(body) as { endpoint: string; query: object; status: number }[];
    assert.deepEqual(
      [request?.endpoint, request?.query, request?.status],
      ['search', { q: 'x' }, 401],
    );
    await call('DELETE /requests');
    assert.equal(standIn.requests.all.length, 0);
  });

  it('returns to the state of the start', async () => {
    standIn.faults.next(1, { reset: true });
    await call('POST /reset', {});
    assert.equal(standIn.faults.waiting.length, 0);
  });

  it('closes all servers, after an answer', async () => {
    assert.equal((await call('POST /stop', {})).status, 200);
    for (const url of [standIn.controlUrl, standIn.apiUrl, standIn.accountsUrl]) {
      // It closes when the answer is on its way.
      const answers = () =>
        fetch(url).then(
          () => true,
          () => false,
        );
      while (await answers()) await setImmediate();
    }
  });

  it('says what is wrong with a request, and changes nothing', async () => {
    for (const [request, body, expected] of [
      ['GET /nothing', undefined, /^404 There is no GET \/nothing\. The README of /],
      ['POST /faults', { fault: 'x' }, /^400 Unknown fault "x"\. Known: badGateway, /],
      ['POST /faults', { on: 'x', status: 500 }, /^400 Unknown endpoint "x"\. Known: authorize, /],
      ['POST /faults', { staus: 500 }, /^400 Unknown member "staus"\. Known: on, status, /],
      ['POST /faults', { next: 'x', status: 500 }, /^400 "next" must be a whole number/],
      ['POST /faults', { status: 700 }, /^400 "status" must be a number from 200 to 599/],
      ['POST /faults', { status: '500' }, /^400 "status" must be a number from/],
      ['POST /faults', { delayMs: '5' }, /^400 "delayMs" must be a whole number/],
      ['POST /faults', { body: {} }, /^400 "body" must be a string/],
      ['POST /faults', { next: -1, status: 500 }, /^400 "next" must be a whole number/],
      ['POST /faults', { fault: 'tooManyRequests', retryAfter: 'x' }, /^400 "retryAfter" must/],
      ['PATCH /app', { redirectUris: 'x' }, /^400 "redirectUris" must be a list of strings/],
      ['PATCH /app', { allowList: 5 }, /^400 "allowList" must be a list of strings or/],
      ['PATCH /behaviour', { consent: {} }, /^400 "consent" must be "ask", /],
      ['PATCH /behaviour', { consent: null }, /^400 "consent" must be "ask", /],
      [
        'PATCH /behaviour',
        { expiresIn: 5, consent: { agreeAs: 'nobody' } },
        /^400 There is no user "nobody", only alva, noor/,
      ],
      ['POST /tokens', { user: 'x' }, /^400 There is no user "x", only alva, noor/],
      ['POST /tokens', { user: 'alva', scope: 'x' }, /^400 "scope" must be a list/],
      ['POST /tokens', { user: 'alva', scope: ['x'] }, /^400 There is no scope "x"/],
      ['POST /clock', {}, /^400 "advance" must be a number/],
      ['PATCH /behaviour', { expiresIn: '5' }, /^400 "expiresIn" must be a number/],
      [
        'PATCH /behaviour',
        { expires: 5 },
        /^400 There is no "expires" to change\. Known: consent, /,
      ],
      ['PATCH /app', { clientId: 'x' }, /^400 There is no "clientId" to change/],
      ['PATCH /users/alva', { id: 'x' }, /^400 The id of a user cannot be changed/],
      ['PATCH /users/alva', { nowPlaying: 'x' }, /^400 There is no track "x"/],
      ['PATCH /users/alva', { devices: [{}] }, /^400 devices\[0\] has no member "name"/],
      ['PATCH /users/x', {}, /^400 There is no user "x"/],
    ] as const) {
      assert.match(await refusal(request, body), expected);
    }
    assert.equal(standIn.faults.waiting.length, 0);
    assert.equal(standIn.behaviour.expiresIn, 3600);
  });

  it('cannot be used by a web page: it needs JSON, and allows no other origin', async () => {
    standIn.faults.next(1, { reset: true });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const { status } = await call('POST /reset', {}, { 'content-type': type });
      assert.equal(status, 415);
    }
    assert.equal(standIn.faults.waiting.length, 1);
    const preflight = await fetch(`${standIn.controlUrl}/reset`, { method: 'OPTIONS' });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  });
});
