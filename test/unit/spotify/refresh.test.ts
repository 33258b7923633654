import assert from 'node:assert/strict';
import { SIX_MONTHS } from '../../spotify/index.ts';
import {
  basic,
  exchange,
  obtainCode,
  obtainToken,
  refreshing,
  refusal,
  requestToken,
  setScene,
  type Scene,
} from './steps.ts';

const revoked = '{"error":"invalid_grant","error_description":"Refresh token revoked"}';
const expired = '{"error":"invalid_grant","error_description":"Refresh token expired"}';

describe('Spotify stand-in: refreshing', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.spotify.close());

  const signIn = () => {
    const { spotify, app, alva } = scene;
    return spotify.tokens.issue(alva, app, ['streaming']);
  };

  it('issues an access token and no refresh token: the old one stays valid', async () => {
    const { accessToken, refreshToken } = signIn();
    for (let round = 0; round < 2; round++) {
      const answer = await obtainToken(scene, refreshing(scene, refreshToken));
      assert.deepEqual(Object.keys(answer), ['access_token', 'token_type', 'expires_in', 'scope']);
      assert.notEqual(answer.access_token, accessToken);
    }
  });

  it('rotates refresh tokens if a test says so: the old one is revoked, the new one works', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    const { refreshToken } = signIn();
    const { refresh_token = '' } = await obtainToken(scene, refreshing(scene, refreshToken));
    assert.match(refresh_token, /^AQ/);
    const replay = await refusal(requestToken(scene, refreshing(scene, refreshToken)));
    assert.deepEqual(replay, [400, revoked]);
    await obtainToken(scene, refreshing(scene, refresh_token));
  });

  it('keeps the granted scope if the request names another', async () => {
    const parameters = { ...refreshing(scene, signIn().refreshToken), scope: 'user-read-email' };
    assert.equal((await obtainToken(scene, parameters)).scope, 'streaming');
  });

  it('ends six months after the consent, also after a refresh', async () => {
    const { refreshToken } = signIn();
    scene.spotify.clock.advance(SIX_MONTHS - 60);
    await obtainToken(scene, refreshing(scene, refreshToken));
    scene.spotify.clock.advance(60);
    const late = await refusal(requestToken(scene, refreshing(scene, refreshToken)));
    assert.deepEqual(late, [400, expired]);
  });

  it('ends six months after the consent, also after a rotation', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    const { refreshToken } = signIn();
    scene.spotify.clock.advance(SIX_MONTHS - 60);
    const { refresh_token = '' } = await obtainToken(scene, refreshing(scene, refreshToken));
    scene.spotify.clock.advance(60);
    const late = await refusal(requestToken(scene, refreshing(scene, refresh_token)));
    assert.deepEqual(late, [400, expired]);
  });

  it('refuses an unknown token, a missing one and an empty one', async () => {
    const garbage = await refusal(requestToken(scene, refreshing(scene, 'AQgarbage')));
    const invalid = '{"error":"invalid_grant","error_description":"Invalid refresh token"}';
    assert.deepEqual(garbage, [400, invalid]);
    for (const refresh_token of [undefined, '']) {
      assert.deepEqual(
        await refusal(requestToken(scene, { ...refreshing(scene, ''), refresh_token })),
        [400, '{"error":"invalid_request","error_description":"refresh_token must be supplied"}'],
      );
    }
  });

  it('refuses the token of another app', async () => {
    const client_id = scene.spotify.addApp({ redirectUris: [] }).clientId;
    const parameters = { ...refreshing(scene, signIn().refreshToken), client_id };
    const [status, body] = await refusal(requestToken(scene, parameters));
    assert.deepEqual([status, body.slice(0, 25)], [400, '{"error":"invalid_client"']);
  });

  it('refuses the tokens of a user who has removed the app, but not those of others', async () => {
    const { spotify, alva, app } = scene;
    const noor = spotify.addUser({ id: 'noor', displayName: null });
    const [hers, his] = [signIn(), spotify.tokens.issue(noor, app)];
    spotify.tokens.revoke(alva, app);
    const answer = requestToken(scene, refreshing(scene, hers.refreshToken));
    assert.deepEqual(await refusal(answer), [400, revoked]);
    await obtainToken(scene, refreshing(scene, his.refreshToken));
    await obtainToken(scene, refreshing(scene, signIn().refreshToken));
  });

  for (const [how, challenge] of [
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with PKCE', {}],
  ] as const) {
    describe(`after a sign-in with the client secret, ${how}`, () => {
      let refreshToken: string;
      let secret: { authorization: string };
      beforeEach(async () => {
        secret = basic(scene.app.clientId, scene.app.clientSecret);
        const code = await obtainCode(scene, challenge);
        const answer = await obtainToken(scene, exchange(scene, code), secret);
        refreshToken = answer.refresh_token ?? '';
      });

      it('requires the secret, and refuses a request without it with an empty description', async () => {
        await obtainToken(scene, refreshing(scene, refreshToken), secret);
        const without = await refusal(requestToken(scene, refreshing(scene, refreshToken)));
        assert.deepEqual(without, [400, '{"error":"invalid_request","error_description":""}']);
      });

      it('never rotates', async () => {
        scene.spotify.behaviour.rotateRefreshTokens = true;
        const answer = await obtainToken(scene, refreshing(scene, refreshToken), secret);
        assert.equal(answer.refresh_token, undefined);
      });
    });
  }
});
