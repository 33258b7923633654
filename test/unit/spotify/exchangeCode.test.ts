import assert from 'node:assert/strict';
import {
  basic,
  CHALLENGE,
  challengeOf,
  exchange,
  get,
  obtainCode,
  obtainToken,
  refusal,
  requestToken,
  setScene,
  VERIFIER,
  type Scene,
} from './steps.ts';

const invalidCode = '{"error":"invalid_grant","error_description":"Invalid authorization code"}';
const wrongVerifier = '{"error":"invalid_grant","error_description":"code_verifier was incorrect"}';

describe('Spotify stand-in: code exchange', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.spotify.close());

  it('issues tokens for the code and its verifier, in the observed order of keys', async () => {
    const code = await obtainCode(scene, { scope: 'streaming user-read-email' });
    const response = await requestToken(scene, exchange(scene, code));
    assert.equal(response.status, 200);
    assert.match(
      await response.text(),
      /^\{"access_token":"BQ[\w-]{218}","token_type":"Bearer","expires_in":3600,"refresh_token":"AQ[\w-]{129}","scope":"streaming user-read-email"\}$/,
    );
  });

  it('answers with JSON that web pages can read, and with the cookies of Spotify', async () => {
    const { headers } = await requestToken(scene, exchange(scene, await obtainCode(scene)));
    assert.equal(headers.get('content-type'), 'application/json');
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('cache-control'), null);
    const names = headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    assert.deepEqual(names, ['__Host-device_id', 'sp_tr']);
  });

  it('refuses a code that was used before, whose tokens stay valid', async () => {
    const code = await obtainCode(scene);
    const { access_token } = await obtainToken(scene, exchange(scene, code));
    const again = await refusal(requestToken(scene, exchange(scene, code)));
    assert.deepEqual(again, [400, invalidCode]);
    assert.equal((await get(scene, '/v1/me', access_token)).status, 200);
  });

  it('refuses an unknown code, and the code of another app', async () => {
    const other = scene.spotify.addApp({ redirectUris: [] });
    const code = await obtainCode(scene);
    const requests = [
      exchange(scene, 'AQgarbage'),
      { ...exchange(scene, code), client_id: other.clientId },
    ];
    for (const parameters of requests) {
      assert.deepEqual(await refusal(requestToken(scene, parameters)), [400, invalidCode]);
    }
  });

  it('accepts a code for ten minutes', async () => {
    const [early, late] = [await obtainCode(scene), await obtainCode(scene)];
    scene.spotify.clock.advance(590);
    await obtainToken(scene, exchange(scene, early));
    scene.spotify.clock.advance(10);
    assert.deepEqual(await refusal(requestToken(scene, exchange(scene, late))), [
      400,
      '{"error":"invalid_grant","error_description":"Authorization code expired"}',
    ]);
  });

  it('refuses a code that the test has made expire', async () => {
    const code = await obtainCode(scene);
    scene.spotify.tokens.expireCodes();
    const [, body] = await refusal(requestToken(scene, exchange(scene, code)));
    assert.match(body, /Authorization code expired/);
  });

  for (const redirect_uri of ['http://127.0.0.1:4712/callback', undefined]) {
    it(`refuses the redirect URI ${redirect_uri ?? '(none)'}, which differs from that of the code`, async () => {
      const parameters = { ...exchange(scene, await obtainCode(scene)), redirect_uri };
      assert.deepEqual(await refusal(requestToken(scene, parameters)), [
        400,
        '{"error":"invalid_grant","error_description":"Invalid redirect URI"}',
      ]);
    });
  }

  it('refuses a request without a code', async () => {
    for (const code of [undefined, '']) {
      assert.deepEqual(await refusal(requestToken(scene, { ...exchange(scene, ''), code })), [
        400,
        '{"error":"invalid_request","error_description":"code must be supplied"}',
      ]);
    }
  });

  it('refuses another verifier, and accepts the right one afterwards', async () => {
    const code = await obtainCode(scene);
    const wrong = { ...exchange(scene, code), code_verifier: `${VERIFIER}x` };
    assert.deepEqual(await refusal(requestToken(scene, wrong)), [400, wrongVerifier]);
    await obtainToken(scene, exchange(scene, code));
  });

  it('refuses the verifier of a challenge with padding', async () => {
    const code = await obtainCode(scene, { code_challenge: `${CHALLENGE}=` });
    const answer = requestToken(scene, exchange(scene, code));
    assert.deepEqual(await refusal(answer), [400, wrongVerifier]);
  });

  it('refuses a verifier shorter than 43 characters, even if its hash matches', async () => {
    const code_verifier = VERIFIER.slice(0, 42);
    const code = await obtainCode(scene, { code_challenge: challengeOf(code_verifier) });
    const answer = requestToken(scene, { ...exchange(scene, code), code_verifier });
    assert.deepEqual(await refusal(answer), [400, wrongVerifier]);
  });

  it('requires the verifier, with and without the secret', async () => {
    const { clientId, clientSecret } = scene.app;
    const parameters = { ...exchange(scene, await obtainCode(scene)), code_verifier: undefined };
    for (const headers of [{}, basic(clientId, clientSecret)]) {
      assert.deepEqual(await refusal(requestToken(scene, parameters, headers)), [
        400,
        '{"error":"invalid_request","error_description":"code_verifier required"}',
      ]);
    }
  });

  it('accepts secret and verifier together', async () => {
    const headers = basic(scene.app.clientId, scene.app.clientSecret);
    await obtainToken(scene, exchange(scene, await obtainCode(scene)), headers);
  });

  it('requires the secret for a code without a challenge', async () => {
    const plain = { code_challenge: undefined, code_challenge_method: undefined };
    const code = await obtainCode(scene, plain);
    const parameters = exchange(scene, code);
    assert.deepEqual(await refusal(requestToken(scene, parameters)), [
      400,
      '{"error":"invalid_request","error_description":"Invalid client secret"}',
    ]);
    await obtainToken(scene, { ...parameters, client_secret: scene.app.clientSecret });
  });

  it('omits the scope, shortens lifetimes and lengthens tokens as the test sets', async () => {
    const changes = { omitScope: true, expiresIn: 60, accessTokenLength: 600 };
    Object.assign(scene.spotify.behaviour, changes);
    const answer = await obtainToken(scene, exchange(scene, await obtainCode(scene)));
    assert.equal(answer.scope, undefined);
    assert.equal(answer.expires_in, 60);
    assert.equal(answer.access_token.length, 600);
  });
});
