import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { addDemo, DEMO_CLIENT_ID, startSpotify } from '../../spotify/index.ts';
import { authorize, get, requestToken, setScene, type Scene } from './steps.ts';

describe('Spotify stand-in: server', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.spotify.close());

  it('listens on two loopback origins without a trailing slash', () => {
    const { accountsUrl, apiUrl } = scene.spotify;
    for (const url of [accountsUrl, apiUrl]) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(accountsUrl, apiUrl);
  });

  it('listens on the given ports, and rejects if one is in use', async () => {
    const other = await startSpotify();
    await other.close();
    const accountsPort = Number(new URL(other.accountsUrl).port);
    const apiPort = Number(new URL(scene.spotify.apiUrl).port);
    await assert.rejects(startSpotify({ accountsPort, apiPort }), { code: 'EADDRINUSE' });
    const next = await startSpotify({ accountsPort });
    await next.close();
    assert.equal(next.accountsUrl, other.accountsUrl);
  });

  it('logs every request with its parameters and the status of the answer', async () => {
    const { requests } = scene.spotify;
    await authorize(scene, { scope: 'streaming' });
    await requestToken(scene, { grant_type: 'refresh_token' });
    await get(scene, '/v1/me?x=1', 'BQgarbage');
    assert.deepEqual(
      requests.all.map(({ host, endpoint, method, path, status }) =>
        [host, endpoint, method, path, status].join(' '),
      ),
      [
        'accounts authorize GET /authorize 302',
        'accounts token POST /api/token 400',
        'api me GET /v1/me 401',
      ],
    );
    assert.equal(requests.to('authorize')[0]?.query.get('scope'), 'streaming');
    assert.equal(requests.to('token')[0]?.form.get('grant_type'), 'refresh_token');
    assert.equal(requests.to('me')[0]?.headers.authorization, 'Bearer BQgarbage');
  });

  it('counts requests by endpoint and grant type, and clears its log', async () => {
    const { requests } = scene.spotify;
    await requestToken(scene, { grant_type: 'refresh_token' });
    await requestToken(scene, { grant_type: 'client_credentials' });
    const counts = [requests.count('token'), requests.count('token', 'refresh_token')];
    assert.deepEqual([...counts, requests.count('me')], [2, 1, 0]);
    requests.clear();
    assert.equal(requests.count('token'), 0);
  });

  it('has its initial state after a reset', async () => {
    const { spotify, app, alva } = scene;
    const { tokens, requests, faults, pending, browsers, clock } = spotify;
    const { codes, accessTokens, refreshTokens, authorizations } = tokens;
    tokens.issue(alva, app);
    await authorize(scene);
    spotify.behaviour.consent = 'ask';
    await authorize(scene);
    spotify.behaviour.expiresIn = 1;
    browsers.set('cookie', alva);
    faults.next(1, { on: 'token', reset: true });
    clock.advance(3600);
    const sizes = () => [
      ...[codes.size, accessTokens.size, refreshTokens.size, authorizations.length],
      ...[requests.all.length, faults.waiting.length, pending.size, browsers.size],
      ...[spotify.apps.size, spotify.users.size],
    ];
    assert.ok(!sizes().includes(0), 'the reset must have something to delete');

    spotify.reset();
    assert.deepEqual(new Set(sizes()), new Set([0]));
    assert.equal(spotify.behaviour.expiresIn, 3600);
    assert.ok(clock.now() <= Date.now());
  });

  it('sends the time of its own clock as the date of its answers', async () => {
    scene.spotify.clock.advance(24 * 3600);
    const date = Date.parse((await get(scene, '/v1/me')).headers.get('date') ?? '');
    assert.ok(date > Date.now() + 23 * 3600 * 1000);
  });

  it('refuses a body of a megabyte, and answers the next request', async () => {
    const response = await requestToken(scene, { grant_type: 'x'.repeat(1024 * 1024) });
    assert.equal(response.status, 413);
    assert.equal((await requestToken(scene, {})).status, 400);
  });

  it('answers after invalid requests, and after clients that close the connection within a request', async () => {
    const port = Number(new URL(scene.spotify.accountsUrl).port);
    const junk = [
      '\0\0\0\r\n\r\n',
      'GET //%zz?%%%=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ];
    for (const bytes of junk) {
      const socket = connect(port, '127.0.0.1').end(bytes);
      assert.match(await text(socket), /^HTTP\/1\.1 4\d\d /);
    }
    const leaving = connect(port, '127.0.0.1');
    leaving.write('POST /api/token HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\ngra', () =>
      leaving.destroy(),
    );
    assert.equal((await requestToken(scene, {})).status, 400);
  });

  it('answers a mistake of a test with an error, without crashing', async () => {
    scene.spotify.behaviour.consent = { agreeAs: 'nobody' };
    const page = await authorize(scene);
    assert.deepEqual([page.status, await page.text()], [400, 'There is no user nobody']);
    Object.assign(scene.app, { redirectUris: undefined });
    const failure = await authorize(scene);
    assert.equal(failure.status, 500);
    assert.match(await failure.text(), /^TypeError: /);
  });

  it('can be closed twice', async () => {
    await scene.spotify.close();
    await scene.spotify.close();
    await assert.rejects(get(scene, '/v1/me'));
  });

  it('has a demo: an app for http://127.0.0.1/callback and two users with names', async () => {
    const { app, users } = addDemo(scene.spotify);
    assert.match(DEMO_CLIENT_ID, /^[0-9a-f]{32}$/);
    assert.equal(app.clientId, DEMO_CLIENT_ID);
    assert.deepEqual(app.redirectUris, ['http://127.0.0.1/callback']);
    assert.ok(users.length === 2 && users.every(({ displayName }) => displayName));
    assert.equal((await authorize({ ...scene, app })).status, 302);
  });
});
