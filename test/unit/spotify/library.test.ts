import assert from 'node:assert/strict';
import { send, setScene, type Scene } from './steps.ts';

/** About test/spotify/api/library.ts. */
describe('Spotify stand-in: library', () => {
  let scene: Scene;
  let token: string;
  let uris: string[];
  beforeEach(async () => {
    scene = await setScene();
    const { spotify, alva, app } = scene;
    const scopes = ['user-library-read', 'user-library-modify'];
    token = spotify.tokens.issue(alva, app, scopes).accessToken;
    uris = ['One', 'Two'].map((name) => `spotify:track:${spotify.catalogue.addTrack({ name }).id}`);
  });
  afterEach(() => scene.spotify.close());

  const call = (method: string, path: string, body?: object) =>
    send(scene, [method, `/v1/me/${path}`], token, body);
  const query = (...wanted: string[]) => `?uris=${encodeURIComponent(wanted.join(','))}`;
  const saved = async () => (await call('GET', `library/contains${query(...uris)}`)).body;
  const titles = async () => {
    const { body } = await call('GET', 'tracks');
    return (body as { items: { track: { name: string } }[] }).items.map(({ track }) => track.name);
  };

  it('saves what the query names, and removes it, with an empty answer', async () => {
    assert.deepEqual(await saved(), [false, false]);
    assert.deepEqual(await call('PUT', `library${query(...uris)}`), { status: 200, body: '' });
    assert.deepEqual(await saved(), [true, true]);
    assert.deepEqual(await titles(), ['One', 'Two']);
    const [one = ''] = uris;
    assert.deepEqual(await call('DELETE', `library${query(one)}`), { status: 200, body: '' });
    assert.deepEqual(await saved(), [false, true]);
    assert.deepEqual(await titles(), ['Two']);
  });

  it('refuses URIs in the body, more than 40 of them, and other ones', async () => {
    const { status, body } = await call('PUT', 'library', { uris });
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /Missing required field: uris/);
    const many = Array<string>(41).fill(uris[0] ?? '');
    for (const wrong of [query(...many), query('spotify:artist:1'), query('1')]) {
      assert.equal((await call('PUT', `library${wrong}`)).status, 400);
    }
    assert.equal((await call('GET', `library/contains${query('spotify:artist:1')}`)).status, 200);
  });

  it('needs the scopes', async () => {
    token = scene.spotify.tokens.issue(scene.alva, scene.app, []).accessToken;
    for (const [method, path] of [
      ['PUT', `library${query(...uris)}`],
      ['GET', `library/contains${query(...uris)}`],
      ['GET', 'tracks'],
    ] as const) {
      assert.equal((await call(method, path)).status, 403);
    }
  });
});
