import assert from 'node:assert/strict';
import { type Fault, readyFaults, startStandIn, type StandIn } from '../../../stand-in/index.ts';

const authorize = ({ accountsUrl, clientId }: StandIn, redirectUri: string) => {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
  });
  return fetch(`${accountsUrl}/authorize?${query.toString()}`, { redirect: 'manual' });
};

describe('the stand-in as a package', () => {
  let standIn: StandIn;
  const start = async (...args: Parameters<typeof startStandIn>) =>
    (standIn = await startStandIn(...args));
  afterEach(() => standIn.close());

  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const tokenFor = (...scope: string[]) => standIn.issueTokens('alva', scope).accessToken;
  const playing = async () => {
    const token = tokenFor('user-read-currently-playing');
    const path = '/v1/me/player/currently-playing';
    const response = await fetch(standIn.apiUrl + path, bearer(token));
    return response.status === 204
      ? undefined
      : ((await response.json()) as { item: { name: string } }).item.name;
  };

  it('has the same client, users and tracks at each start', async () => {
    const { clientId, clientSecret } = await start();
    assert.equal(await playing(), 'Gymnopédie No. 1');
    await standIn.close();
    await start();
    assert.deepEqual([standIn.clientId, standIn.clientSecret], [clientId, clientSecret]);
  });

  it('has the client and redirect URIs of the options, and names them for the environment', async () => {
    const redirectUris = ['https://example.com/a', 'https://example.com/b'];
    await start({ clientId: 'an-id', clientSecret: 'a-secret', redirectUris });
    assert.deepEqual(standIn.env, {
      SPOTIFY_SDK_ACCOUNTS_URL: standIn.accountsUrl,
      SPOTIFY_SDK_API_URL: standIn.apiUrl,
      SPOTIFY_SDK_CLIENT_ID: 'an-id',
      SPOTIFY_SDK_CLIENT_SECRET: 'a-secret',
      SPOTIFY_SDK_REDIRECT_URI: 'https://example.com/a',
    });
    for (const uri of redirectUris) assert.equal((await authorize(standIn, uri)).status, 200);
    assert.equal((await authorize(standIn, 'http://127.0.0.1/callback')).status, 400);
  });

  it('refuses redirect URIs that Spotify refuses at every sign-in, with the reason', async () => {
    await start();
    for (const [uri, reason] of [
      [
        'http://localhost:8080/callback',
        /Spotify refuses .* Use http:\/\/127\.0\.0\.1:8080\/callback/,
      ],
      ['http://192.168.0.10/callback', /Spotify refuses .* It must use https/],
      ['callback', /The redirect URI callback is not a valid URI/],
    ] as const) {
      const redirectUris = ['https://example.com/a', uri];
      await assert.rejects(startStandIn({ redirectUris }), reason);
    }
    standIn.app.redirectUris = ['http://localhost/callback'];
    const page = await authorize(standIn, 'http://localhost/callback');
    assert.equal(await page.text(), 'INVALID_CLIENT: Insecure redirect URI');
  });

  it('agrees to every sign-in as the user of the options', async () => {
    await start({ agreeAs: 'noor' });
    assert.equal((await authorize(standIn, 'http://127.0.0.1:1/callback')).status, 302);
  });

  it('has the users, tracks and playlists of the options', async () => {
    await start({
      users: [{ id: 'alva', nowPlaying: 'Sarabande', devices: [{ name: 'Kitchen' }] }],
      tracks: [{ name: 'Sarabande', artists: ['Erik Satie'] }],
      playlists: [{ name: 'Old', tracks: ['Sarabande'] }],
    });
    assert.equal(await playing(), 'Sarabande');
    const { devices } = standIn.user('alva').player;
    assert.deepEqual(
      [devices.length, devices[0]?.name, devices[0]?.isActive],
      [1, 'Kitchen', false],
    );
    const response = await fetch(`${standIn.apiUrl}/v1/me/playlists`, bearer(tokenFor()));
    const { items } = (await response.json()) as {
      items: { name: string; owner: { id: string } }[];
    };
    assert.deepEqual(
      items.map(({ name, owner }) => [name, owner.id]),
      [['Old', 'alva']],
    );
  });

  it('gives users of other names the playlists of the demo', async () => {
    await start({ users: [{ id: 'ida' }, { id: 'per' }] });
    const { accessToken } = standIn.issueTokens('per');
    const response = await fetch(`${standIn.apiUrl}/v1/me/playlists`, bearer(accessToken));
    assert.equal(((await response.json()) as { total: number }).total, 1);
  });

  it('has the users of the demo for tracks of one’s own, and no playlists', async () => {
    await start({ tracks: [{ name: 'Sarabande', artists: ['Erik Satie'] }] });
    assert.equal(await playing(), 'Sarabande');
    const response = await fetch(`${standIn.apiUrl}/v1/me/playlists`, bearer(tokenFor()));
    assert.equal(((await response.json()) as { total: number }).total, 0);
    standIn.reset();
    assert.equal(await playing(), 'Sarabande');
  });

  it('starts without tracks or users', async () => {
    await start({ users: [] });
    await standIn.close();
    await start({ tracks: [] });
    assert.equal(await playing(), undefined);
  });

  it('names the user or playlist whose track or owner is wrong', async () => {
    await start();
    const prelude = (artist: string) => ({ name: 'Prélude', artists: [artist] });
    const tracks = [prelude('Claude Debussy'), prelude('Maurice Ravel')];
    for (const [data, message] of [
      [{ users: [{ id: 'a' }, { id: 'a' }] }, 'users[1]: There are two users "a".'],
      [{ users: [{ id: 'a', nowPlaying: 'x' }] }, 'users[0]: There is no track "x".'],
      [
        { playlists: [{ name: 'A', owner: 'x' }] },
        'playlists[0]: There is no user "x", only alva, noor.',
      ],
      [
        { tracks, playlists: [{ name: 'A', tracks: ['Prélude'] }] },
        'playlists[0]: Several tracks are called "Prélude". Use the id of one.',
      ],
    ] as const) {
      await assert.rejects(startStandIn(data), { message });
    }
  });

  it('refuses a fault for an endpoint that does not exist', async () => {
    await start();
    const fault = JSON.parse('{ "on": "mee", "status": 500 }') as Fault;
    assert.throws(() => standIn.faults.next(1, fault), /^Error: Unknown endpoint "mee"\. Known: a/);
    assert.equal(standIn.faults.waiting.length, 0);
  });

  it('lets a request pass for an empty fault', async () => {
    await start();
    const token = tokenFor();
    const me = async () => (await fetch(`${standIn.apiUrl}/v1/me`, bearer(token))).status;
    standIn.faults.next(1, { on: 'me' });
    standIn.faults.next(1, { on: 'me', status: 500 });
    assert.deepEqual([await me(), await me()], [200, 500]);
  });

  it('redirects requests for Spotify’s hosts with their bodies, and no others', async () => {
    await start();
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const headers = {
      authorization: `Basic ${btoa(`${standIn.clientId}:${standIn.clientSecret}`)}`,
    };
    const url = 'https://accounts.spotify.com/api/token';
    const answer = await standIn.fetch(new Request(url, { method: 'POST', body, headers }));
    const { access_token } = (await answer.json()) as { access_token: string };
    const search = 'https://api.spotify.com/v1/search?q=a&type=track&limit=1';
    const found = await standIn.fetch(search, bearer(access_token));
    const { tracks } = (await found.json()) as { tracks: { next: string } };
    assert.match(tracks.next, /^https:\/\/api\.spotify\.com\/v1\/search\?/);
    assert.equal((await standIn.fetch(tracks.next, bearer(access_token))).status, 200);
    assert.equal((await standIn.fetch(`${standIn.controlUrl}/`)).status, 200);
    assert.deepEqual(
      standIn.requests.all.map(({ endpoint }) => endpoint),
      ['token', 'search', 'search'],
    );
  });

  it('fails, expires and revokes as a test says', async () => {
    await start();
    const { accessToken, refreshToken, expiresIn } = standIn.issueTokens('alva');
    const me = async () => (await fetch(`${standIn.apiUrl}/v1/me`, bearer(accessToken))).status;
    const refresh = async () => {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: standIn.clientId,
      });
      return (await fetch(`${standIn.accountsUrl}/api/token`, { method: 'POST', body })).status;
    };
    standIn.faults.next(1, { on: 'me', ...readyFaults.tooManyRequests(1) });
    assert.deepEqual([await me(), await me(), expiresIn], [429, 200, 3600]);
    standIn.expireAccessTokens();
    assert.deepEqual([await me(), await refresh()], [401, 200]);
    standIn.revoke('alva');
    assert.equal(await refresh(), 400);
  });

  it('returns to the state of the start, also of its app and users', async () => {
    await start({ agreeAs: 'alva' });
    const { accessToken } = standIn.issueTokens('alva');
    standIn.user('alva').nowPlaying = null;
    standIn.behaviour.consent = 'deny';
    standIn.app.allowList = [];
    standIn.faults.next(1, { reset: true });
    standIn.reset();
    assert.equal(await playing(), 'Gymnopédie No. 1');
    assert.deepEqual(standIn.behaviour.consent, { agreeAs: 'alva' });
    assert.equal((await fetch(`${standIn.apiUrl}/v1/me`, bearer(accessToken))).status, 401);
    assert.equal(standIn.requests.all.length, 2);
  });

  it('frees its ports if it cannot start', async () => {
    await start();
    const port = Number(new URL(standIn.controlUrl).port);
    const ports = await freePorts();
    const busy = startStandIn({ ...ports, controlPort: port });
    await assert.rejects(busy, { code: 'EADDRINUSE' });
    await assert.rejects(startStandIn({ ...ports, agreeAs: 'nobody' }), {
      message: 'There is no user "nobody", only alva, noor.',
    });
    await (await startStandIn(ports)).close();
  });
});

async function freePorts() {
  const standIn = await startStandIn();
  await standIn.close();
  const portOf = (url: string) => Number(new URL(url).port);
  return { accountsPort: portOf(standIn.accountsUrl), apiPort: portOf(standIn.apiUrl) };
}
