import assert from 'node:assert/strict';
import type { Playlist, Track } from '../../spotify/catalogue.ts';
import { send, setScene, type Scene } from './steps.ts';

const SCOPES = [
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
];

interface Items {
  items: { item?: { name: string }; track?: { name: string } }[];
  total: number;
}

describe('Spotify stand-in: playlists', () => {
  let scene: Scene;
  let token: string;
  let tracks: Track[];
  let own: Playlist;
  let foreign: Playlist;
  beforeEach(async () => {
    scene = await setScene();
    const { spotify, alva, app } = scene;
    token = spotify.tokens.issue(alva, app, SCOPES).accessToken;
    const { catalogue } = spotify;
    tracks = ['One', 'Two', 'Three'].map((name) => catalogue.addTrack({ name }));
    own = catalogue.addPlaylist({ name: 'Own', owner: alva, public: false, tracks });
    const noor = spotify.addUser({ id: 'noor', displayName: 'Noor' });
    foreign = catalogue.addPlaylist({ name: 'Foreign', owner: noor, tracks });
  });
  afterEach(() => scene.spotify.close());

  const call = (method: string, path: string, body?: object) =>
    send(scene, [method, `/v1${path}`], token, body);
  const status = async (...request: Parameters<typeof call>) => (await call(...request)).status;
  const uri = (index: number) => `spotify:track:${tracks[index]?.id ?? ''}`;
  const items = () => `/playlists/${own.id}/items`;
  const names = async () => {
    const { body } = await call('GET', items());
    return (body as Items).items.map(({ item }) => item?.name);
  };
  const listed = async () => {
    const { body } = await call('GET', '/me/playlists');
    return (body as { items: { name: string; items: { total: number } }[] }).items;
  };

  it('lists the user’s own playlists with the number of their items', async () => {
    assert.deepEqual(
      (await listed()).map((one) => [one.name, one.items.total]),
      [['Own', 3]],
    );
  });

  it('lists private and collaborative ones only with the scopes for them', async () => {
    foreign.collaborative = true;
    assert.equal((await listed()).length, 2);
    token = scene.spotify.tokens.issue(scene.alva, scene.app, []).accessToken;
    assert.equal((await listed()).length, 0);
    assert.equal(await status('GET', `/playlists/${own.id}`), 404);
    own.public = true;
    assert.equal((await listed()).length, 1);
  });

  it('shows the items to the owner only, as since February 2026', async () => {
    const { body } = await call('GET', `/playlists/${own.id}`);
    const { items: shown, owner } = body as { items: Items; owner: { id: string } };
    assert.deepEqual([shown.total, shown.items[0]?.item?.name, owner.id], [3, 'One', 'alva']);
    const { body: other } = await call('GET', `/playlists/${foreign.id}`);
    assert.equal(Object.hasOwn(other as object, 'items'), false);
    assert.equal(await status('GET', `/playlists/${foreign.id}/items`), 403);
    foreign.collaborative = true;
    assert.equal(await status('GET', `/playlists/${foreign.id}/items`), 200);
  });

  it('creates a playlist, and changes its details', async () => {
    const created = await call('POST', '/me/playlists', { name: 'New', public: false });
    assert.equal(created.status, 201);
    const { id } = created.body as { id: string };
    await call('PUT', `/playlists/${id}`, { description: 'By a test', tracks: [] });
    const { body } = await call('GET', `/playlists/${id}`);
    const { name, description, public: isPublic } = body as Record<string, unknown>;
    assert.deepEqual([name, description, isPublic], ['New', 'By a test', false]);
    assert.equal(await status('POST', '/me/playlists', {}), 400);
    assert.equal(await status('POST', '/me/playlists'), 400);
  });

  it('adds, moves, replaces and removes items, each time with another snapshot', async () => {
    const snapshots = [
      await call('POST', items(), { uris: [uri(0)], position: 1 }),
      await call('POST', `${items()}?uris=${uri(1)}`),
    ];
    assert.deepEqual(await names(), ['One', 'One', 'Two', 'Three', 'Two']);
    const move = { range_start: 0, range_length: 2, insert_before: 4 };
    snapshots.push(await call('PUT', items(), move));
    assert.deepEqual(await names(), ['Two', 'Three', 'One', 'One', 'Two']);
    snapshots.push(await call('DELETE', items(), { items: [{ uri: uri(1) }] }));
    assert.deepEqual(await names(), ['Three', 'One', 'One']);
    snapshots.push(await call('PUT', items(), { uris: [uri(2)] }));
    assert.deepEqual(await names(), ['Three']);
    assert.deepEqual(
      snapshots.map((one) => one.status),
      [201, 201, 200, 200, 200],
    );
    const ids = snapshots.map(({ body }) => (body as { snapshot_id: string }).snapshot_id);
    assert.equal(new Set(ids).size, 5);
  });

  it('refuses changes of foreign playlists, without the scope, and of unknown tracks', async () => {
    const change = { uris: [uri(0)] };
    assert.equal(await status('POST', `/playlists/${foreign.id}/items`, change), 403);
    assert.equal(await status('PUT', `/playlists/${foreign.id}`, { name: 'Mine' }), 403);
    assert.equal(await status('POST', items(), { uris: ['spotify:track:x'] }), 400);
    assert.equal(await status('POST', items(), {}), 400);
    assert.equal(await status('POST', items(), { uris: Array(101).fill(uri(0)) }), 400);
    assert.equal(await status('POST', '/playlists/nothing/items', change), 404);
    token = scene.spotify.tokens.issue(scene.alva, scene.app, SCOPES.slice(0, 2)).accessToken;
    assert.equal(await status('POST', items(), change), 403);
    assert.equal(await status('POST', '/me/playlists', { name: 'New' }), 403);
    assert.deepEqual(await names(), ['One', 'Two', 'Three']);
  });

  it('has the paths and names of before 2026 outside development mode only', async () => {
    assert.equal(await status('GET', `/playlists/${own.id}/tracks`), 403);
    scene.app.developmentMode = false;
    const { body } = await call('GET', `/playlists/${own.id}/tracks`);
    assert.equal((body as Items).items[0]?.track?.name, 'One');
    assert.equal(await status('GET', `/playlists/${foreign.id}/tracks`), 200);
    const { body: playlist } = await call('GET', `/playlists/${own.id}`);
    assert.equal((playlist as { tracks: Items }).tracks.total, 3);
  });
});
