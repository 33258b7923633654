import assert from 'node:assert/strict';
import { authorize, location, REDIRECT_URI, refusal, setScene, type Scene } from './steps.ts';

describe('Spotify stand-in: authorize endpoint', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.spotify.close());

  it('redirects with the code and the unchanged state if the user agrees', async () => {
    const state = 'a b+c/d=&e?#é';
    const { href, searchParams } = location(await authorize(scene, { state }));
    assert.ok(href.startsWith(`${REDIRECT_URI}?code=AQ`));
    assert.deepEqual([...searchParams.keys()], ['code', 'state']);
    assert.equal(searchParams.get('state'), state);
  });

  it('leaves the state out if the request has none', async () => {
    assert.deepEqual([...location(await authorize(scene)).searchParams.keys()], ['code']);
  });

  it('keeps the query of the redirect URI', async () => {
    scene.app.redirectUris.push('https://example.com/cb?from=spotify');
    const response = await authorize(scene, {
      redirect_uri: 'https://example.com/cb?from=spotify',
    });
    const { searchParams } = location(response);
    assert.deepEqual([...searchParams.keys()], ['from', 'code']);
  });

  it('redirects with access_denied and the state if the user declines', async () => {
    scene.spotify.behaviour.consent = 'deny';
    const { href } = location(await authorize(scene, { state: 'xyz' }));
    assert.equal(href, `${REDIRECT_URI}?error=access_denied&state=xyz`);
  });

  const pages: [situation: string, changes: Record<string, string | undefined>, text: string][] = [
    ['no client ID', { client_id: undefined }, 'Missing required parameter: client_id'],
    ['an empty client ID', { client_id: '' }, 'Missing required parameter: client_id'],
    ['an unknown client ID', { client_id: 'f'.repeat(32) }, 'INVALID_CLIENT: Failed to get client'],
    ['no redirect URI', { redirect_uri: undefined }, 'INVALID_CLIENT: Invalid redirect URI'],
    ['an unknown scope', { scope: 'user-read-email everything' }, 'Illegal scope'],
    ['a retired scope', { scope: 'user-read-birthdate' }, 'Illegal scope'],
    ['a partner scope', { scope: 'user-soa-link' }, 'Illegal scope'],
    ['an OpenID scope', { scope: 'openid' }, 'Illegal scope'],
    ['no response type', { response_type: undefined }, 'response_type must be code or token'],
  ];
  for (const [situation, changes, text] of pages) {
    it(`shows a page without a redirect for ${situation}`, async () => {
      const response = await authorize(scene, { state: 'xyz', ...changes });
      assert.deepEqual([response.status, await response.text()], [400, text]);
      assert.equal(response.headers.get('location'), null);
      assert.equal(response.headers.get('x-frame-options'), 'deny');
    });
  }

  it('answers response_type=token in the fragment of the redirect', async () => {
    const { href } = location(await authorize(scene, { response_type: 'token' }));
    assert.equal(href, `${REDIRECT_URI}#error=unsupported_response_type`);
  });

  it('accepts no scope, an empty one, one scope and several', async () => {
    for (const scope of [undefined, '', 'streaming', 'user-read-email user-read-private']) {
      assert.ok(location(await authorize(scene, { scope })).searchParams.has('code'), scope);
    }
  });

  it('ignores unknown parameters', async () => {
    assert.ok(location(await authorize(scene, { utm_source: 'x' })).searchParams.has('code'));
  });

  it('accepts a request without a code challenge, as apps with a secret send it', async () => {
    const changes = { code_challenge: undefined, code_challenge_method: undefined };
    assert.ok(location(await authorize(scene, changes)).searchParams.has('code'));
  });

  for (const method of ['plain', 's256', undefined]) {
    it(`refuses the code challenge method ${method ?? '(none)'}`, async () => {
      const { searchParams } = location(await authorize(scene, { code_challenge_method: method }));
      assert.equal(searchParams.get('error'), 'invalid_request');
    });
  }

  it('refuses a challenge method without a challenge', async () => {
    const { searchParams } = location(await authorize(scene, { code_challenge: undefined }));
    assert.equal(searchParams.get('error'), 'invalid_request');
  });

  it('does not allow web pages to read its answer', async () => {
    const response = await authorize(scene, {}, { origin: 'https://example.com' });
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });

  it('shows an error page for an unknown path', async () => {
    const [status, body] = await refusal(fetch(`${scene.spotify.accountsUrl}/oauth/authorize`));
    assert.equal(status, 404);
    assert.match(body, /Something went wrong/);
  });
});
