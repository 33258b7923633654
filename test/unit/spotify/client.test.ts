import assert from 'node:assert/strict';
import { basic, refusal, requestToken, setScene, type Scene } from './steps.ts';

const unknownClient = '{"error":"invalid_client","error_description":"Failed to get client"}';
const wrongSecret = '{"error":"invalid_client","error_description":"Invalid client"}';
const noGrantType =
  '{"error":"unsupported_grant_type","error_description":"grant_type parameter is missing"}';

describe('Spotify stand-in: clients of the token endpoint', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.spotify.close());

  const grant_type = 'client_credentials';

  it('issues only an access token for client credentials, with the secret in the header or the form', async () => {
    const { clientId, clientSecret } = scene.app;
    const answers = [
      requestToken(scene, { grant_type }, basic(clientId, clientSecret)),
      requestToken(scene, { grant_type, client_id: clientId, client_secret: clientSecret }),
    ];
    for (const answer of await Promise.all(answers)) {
      const body = /^\{"access_token":"BQ[\w-]+","token_type":"Bearer","expires_in":3600\}$/;
      assert.match(await answer.text(), body);
    }
  });

  it('refuses an unknown client, with the description of 2026', async () => {
    const { clientSecret } = scene.app;
    const answers = [
      requestToken(scene, { grant_type }, basic('f'.repeat(32), clientSecret)),
      requestToken(scene, { grant_type, client_id: 'unknown', client_secret: clientSecret }),
      requestToken(scene, { grant_type }),
    ];
    for (const answer of answers) assert.deepEqual(await refusal(answer), [400, unknownClient]);
  });

  it('refuses a wrong, an empty and a missing secret', async () => {
    const { clientId } = scene.app;
    const answers = [
      requestToken(scene, { grant_type }, basic(clientId, 'wrong')),
      requestToken(scene, { grant_type }, basic(clientId, '')),
      requestToken(scene, { grant_type, client_id: clientId, client_secret: 'wrong' }),
      requestToken(scene, { grant_type, client_id: clientId }),
    ];
    for (const answer of answers) assert.deepEqual(await refusal(answer), [400, wrongSecret]);
  });

  for (const authorization of ['Basic', 'Basic !', 'Basic bm9jb2xvbg==', 'Bearer abc']) {
    it(`refuses the header "Authorization: ${authorization}" without a description`, async () => {
      const answer = requestToken(scene, { grant_type }, { authorization });
      assert.deepEqual(await refusal(answer), [400, '{"error":"invalid_client"}']);
    });
  }

  it('refuses a missing grant type, and a body that is not a form', async () => {
    const answers = [
      requestToken(scene, {}),
      fetch(`${scene.spotify.accountsUrl}/api/token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ grant_type }),
      }),
      requestToken(scene, { grant_type }, { 'Content-Type': 'text/plain' }),
    ];
    for (const answer of answers) assert.deepEqual(await refusal(answer), [400, noGrantType]);
  });

  it('accepts a charset in the content type', async () => {
    const { clientId, clientSecret } = scene.app;
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    const credentials = { client_id: clientId, client_secret: clientSecret };
    assert.equal((await requestToken(scene, { grant_type, ...credentials }, headers)).status, 200);
  });

  for (const unknown of ['password', 'constructor']) {
    it(`refuses the grant type ${unknown}`, async () => {
      assert.deepEqual(await refusal(requestToken(scene, { grant_type: unknown })), [
        400,
        `{"error":"unsupported_grant_type","error_description":"grant_type ${unknown} is not supported"}`,
      ]);
    });
  }

  it('sends refusals as JSON that web pages can read, in 63 bytes as observed', async () => {
    const { clientId } = scene.app;
    const response = await requestToken(scene, { grant_type }, basic(clientId, 'wrong'));
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('content-length'), '63');
    assert.equal(response.headers.getSetCookie().length, 2);
  });

  it('lets web pages send the secret in the header: it answers a CORS preflight with their origin', async () => {
    const headers = { origin: 'https://page.example' };
    const preflight = (path: string) =>
      fetch(scene.spotify.accountsUrl + path, { method: 'OPTIONS', headers });
    const allowed = await preflight('/api/token');
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), headers.origin);
    assert.equal(allowed.headers.get('access-control-allow-headers'), 'Authorization');
    assert.equal(scene.spotify.requests.count('token'), 0);
    const refused = await preflight('/authorize');
    assert.equal(refused.status, 404);
    assert.equal(refused.headers.get('access-control-allow-origin'), null);
  });
});
