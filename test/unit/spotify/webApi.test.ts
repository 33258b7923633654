import assert from 'node:assert/strict';
import { basic, get, obtainToken, refusal, setScene, type Scene } from './steps.ts';

const badToken = `{
  "error": {
    "status": 401,
    "message": "Missing/invalid/expired access token"
  }
}`;

describe('Spotify stand-in: Web API', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.spotify.close());

  const tokenFor = (...scope: string[]) =>
    scene.spotify.tokens.issue(scene.alva, scene.app, scope).accessToken;

  const clientToken = async () => {
    const headers = basic(scene.app.clientId, scene.app.clientSecret);
    return (await obtainToken(scene, { grant_type: 'client_credentials' }, headers)).access_token;
  };

  const profile = async (...scope: string[]) =>
    (await (await get(scene, '/v1/me', tokenFor(...scope))).json()) as Record<string, unknown>;

  it('returns the profile of development mode, also for scopes that used to add fields', async () => {
    scene.alva.displayName = null;
    assert.deepEqual(await profile('user-read-email', 'user-read-private'), {
      account_id: scene.alva.accountId,
      display_name: null,
      external_urls: { spotify: 'https://open.spotify.com/user/alva' },
      href: 'https://api.spotify.com/v1/users/alva',
      id: 'alva',
      images: [],
      type: 'user',
      uri: 'spotify:user:alva',
    });
  });

  const removed = ['country', 'email', 'explicit_content', 'followers', 'product'];
  const removedFrom = (fields: object) => removed.filter((name) => Object.hasOwn(fields, name));

  it('adds the fields removed in 2026 if a test sets legacyProfileFields, each for its scope', async () => {
    scene.spotify.behaviour.legacyProfileFields = true;
    assert.deepEqual(removedFrom(await profile()), ['followers']);
    assert.deepEqual(removedFrom(await profile('user-read-email')), ['email', 'followers']);
    assert.deepEqual(removedFrom(await profile('user-read-email', 'user-read-private')), removed);
  });

  it('adds the fields removed in 2026 for an app outside development mode', async () => {
    scene.app.developmentMode = false;
    assert.deepEqual(removedFrom(await profile('user-read-email', 'user-read-private')), removed);
  });

  it('leaves account_id out if a test sets omitAccountId', async () => {
    scene.spotify.behaviour.omitAccountId = true;
    assert.equal(Object.hasOwn(await profile(), 'account_id'), false);
  });

  it('refuses a missing, empty, unknown or expired token with the same text', async () => {
    const token = tokenFor();
    assert.equal((await get(scene, '/v1/me', token)).status, 200);
    scene.spotify.tokens.expireAccessTokens();
    for (const bad of [undefined, '', 'BQgarbage', token]) {
      assert.deepEqual(await refusal(get(scene, '/v1/me', bad)), [401, badToken]);
    }
  });

  it('accepts a token for an hour', async () => {
    const token = tokenFor();
    scene.spotify.clock.advance(3590);
    assert.equal((await get(scene, '/v1/me', token)).status, 200);
    scene.spotify.clock.advance(10);
    assert.equal((await get(scene, '/v1/me', token)).status, 401);
  });

  it('accepts a token until it expires, even if the user has removed the app', async () => {
    const token = tokenFor();
    scene.spotify.tokens.revoke(scene.alva, scene.app);
    assert.equal((await get(scene, '/v1/me', token)).status, 200);
  });

  it('refuses an Authorization header that is not Bearer', async () => {
    const headers = { authorization: `Token ${tokenFor()}` };
    const response = await fetch(`${scene.spotify.apiUrl}/v1/me`, { headers });
    const { error } = (await response.json()) as { error: unknown };
    assert.equal(response.status, 400);
    assert.deepEqual(error, { status: 400, message: 'Only valid bearer authentication supported' });
  });

  it('refuses users whose e-mail address is not on the allow list, in plain text', async () => {
    scene.app.allowList = ['noor@example.com'];
    const response = await get(scene, '/v1/me', tokenFor());
    assert.equal(response.status, 403);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.equal(
      await response.text(),
      'The user is not registered for this application. Please check your settings on https://developer.spotify.com/dashboard.',
    );
    scene.app.allowList = [scene.alva.email];
    assert.equal((await get(scene, '/v1/me', tokenFor())).status, 200);
  });

  it('refuses all users, in 159 bytes of plain text, while the owner has no Premium', async () => {
    scene.app.ownerHasPremium = false;
    for (const token of [tokenFor(), await clientToken()]) {
      const [status, body] = await refusal(get(scene, '/v1/search', token));
      assert.deepEqual([status, body.length], [403, 159]);
      assert.match(body, /^Active premium subscription required for the owner of the app\. /);
    }
  });

  it('applies neither rule outside development mode', async () => {
    Object.assign(scene.app, { developmentMode: false, ownerHasPremium: false, allowList: [] });
    assert.equal((await get(scene, '/v1/me', tokenFor())).status, 200);
  });

  it('serves the catalogue to a token of client credentials, but no profile', async () => {
    const token = await clientToken();
    assert.equal((await get(scene, '/v1/search?q=x&type=track', token)).status, 200);
    assert.equal((await get(scene, '/v1/me', token)).status, 401);
  });

  it('returns the track that plays to a token with the scope', async () => {
    const path = '/v1/me/player/currently-playing';
    const token = tokenFor('user-read-currently-playing');
    assert.equal((await get(scene, path, token)).status, 204);
    scene.alva.nowPlaying = 'Gymnopédie No. 1';
    const { item } = (await (await get(scene, path, token)).json()) as { item: { name: string } };
    assert.equal(item.name, 'Gymnopédie No. 1');

    for (const unfit of [tokenFor('streaming'), await clientToken()]) {
      const [status, body] = await refusal(get(scene, path, unfit));
      assert.equal(status, 403);
      assert.match(body, /"message": "Insufficient client scope"/);
    }
  });

  it('returns the user’s top tracks to a token with the scope', async () => {
    const path = '/v1/me/top/tracks';
    assert.equal((await get(scene, path, tokenFor('user-top-read'))).status, 200);
    for (const unfit of [tokenFor('streaming'), await clientToken()]) {
      assert.equal((await refusal(get(scene, path, unfit)))[0], 403);
    }
  });

  it('answers unknown paths with a JSON 404', async () => {
    const [status, body] = await refusal(get(scene, '/v1/nothing', tokenFor()));
    const { error } = JSON.parse(body) as { error: { status: number } };
    assert.deepEqual([status, error.status], [404, 404]);
  });

  it('allows web pages to read its answers, also errors', async () => {
    const url = `${scene.spotify.apiUrl}/v1/me`;
    const preflight = await fetch(url, { method: 'OPTIONS' });
    assert.equal(preflight.ok, true);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Authorization/);
    scene.app.allowList = [];
    for (const answer of [preflight, await fetch(url), await get(scene, '/v1/me', tokenFor())]) {
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    }
  });
});
