import assert from 'node:assert/strict';
import { get, send, setScene, type Scene } from './steps.ts';

interface Page {
  items: { name: string }[];
  limit: number;
  offset: number;
  total: number;
  next: string | null;
  previous: string | null;
}
type Found = Partial<Record<'tracks' | 'artists' | 'albums' | 'playlists' | 'shows', Page>>;

describe('Spotify stand-in: search and paging', () => {
  let scene: Scene;
  let token: string;
  beforeEach(async () => {
    scene = await setScene();
    const { spotify, alva, app } = scene;
    token = spotify.tokens.issue(alva, app, ['user-top-read']).accessToken;
    for (let number = 1; number <= 12; number++) {
      spotify.catalogue.addTrack({ name: `Gnossienne No. ${number}`, album: 'Gnossiennes' });
    }
    spotify.catalogue.addTrack({ name: 'Rêverie', artists: ['Claude Debussy', 'Alva'] });
    spotify.catalogue.addPlaylist({ name: 'Quiet evening', owner: alva });
    spotify.catalogue.addPlaylist({ name: 'Quiet secrets', owner: alva, public: false });
  });
  afterEach(() => scene.spotify.close());

  const search = async (query: string) =>
    (await send(scene, ['GET', `/v1/search?${query}`], token)).body as Found;
  const names = (page?: Page) => page?.items.map(({ name }) => name);
  const message = async (path: string) => {
    const { status, body } = await send(scene, ['GET', path], token);
    return [status, (body as { error: { message: string } }).error.message];
  };

  it('finds each requested type, and no other', async () => {
    const found = await search('q=debussy&type=track,artist,album');
    assert.deepEqual(Object.keys(found), ['tracks', 'artists', 'albums']);
    assert.deepEqual(names(found.tracks), ['Rêverie']);
    assert.deepEqual(names(found.artists), ['Claude Debussy']);
    assert.deepEqual(names(found.albums), ['Rêverie']);
    assert.deepEqual(names((await search('q=quiet&type=playlist')).playlists), ['Quiet evening']);
    assert.equal((await search('q=debussy&type=show')).shows?.total, 0);
  });

  it('compares all words, without regard to case and accents, and knows field filters', async () => {
    assert.deepEqual(names((await search('q=REVERIE+claude&type=track')).tracks), ['Rêverie']);
    assert.equal((await search('q=reverie+satie&type=track')).tracks?.total, 0);
    assert.equal((await search('q=artist:satie&type=track')).tracks?.total, 12);
    assert.equal((await search('q=track:satie&type=track')).tracks?.total, 0);
  });

  it('lists an album and an artist once, however many tracks they have', async () => {
    const { albums, artists } = await search('q=satie&type=album,artist');
    assert.deepEqual([albums?.total, artists?.total], [1, 1]);
  });

  it('refuses a request without a query or a known type', async () => {
    assert.deepEqual(await message('/v1/search?type=track'), [400, 'No search query']);
    assert.deepEqual(await message('/v1/search?q=x'), [400, 'Missing parameter type']);
    assert.deepEqual(await message('/v1/search?q=x&type=song'), [
      400,
      'Bad search type field song',
    ]);
  });

  it('returns 5 results, and at most 10, in development mode', async () => {
    assert.equal((await search('q=satie&type=track')).tracks?.items.length, 5);
    assert.equal((await search('q=satie&type=track&limit=10')).tracks?.items.length, 10);
    for (const limit of ['11', '0', '-1', 'x']) {
      const refused = await message(`/v1/search?q=satie&type=track&limit=${limit}`);
      assert.deepEqual(refused, [400, 'Invalid limit']);
    }
    scene.app.developmentMode = false;
    assert.equal((await search('q=satie&type=track&limit=50')).tracks?.items.length, 12);
  });

  it('has links to the next and the previous page, which can be followed', async () => {
    const follow = async (link?: string | null) => {
      const { origin, pathname, search: query } = new URL(link ?? '');
      assert.equal(origin + pathname, `${scene.spotify.apiUrl}/v1/search`);
      return (await search(query.slice(1))) as { tracks: Page };
    };
    const first = (await search('q=satie&type=track,artist')).tracks;
    assert.ok(first);
    assert.equal(first.previous, null);
    const second = await follow(first.next);
    assert.deepEqual(Object.keys(second), ['tracks']);
    assert.deepEqual([second.tracks.offset, second.tracks.total], [5, 12]);
    assert.deepEqual(names((await follow(second.tracks.previous)).tracks), names(first));
    const last = (await follow(second.tracks.next)).tracks;
    assert.deepEqual([last.items.length, last.next], [2, null]);
  });

  it('links to the host that a client names, whose requests are redirected', async () => {
    const response = await fetch(`${scene.spotify.apiUrl}/v1/me/top/tracks?limit=1`, {
      headers: { authorization: `Bearer ${token}`, 'x-forwarded-host': 'api.spotify.com' },
    });
    const { next } = (await response.json()) as Page;
    assert.equal(next, 'https://api.spotify.com/v1/me/top/tracks?limit=1&offset=1');
  });

  it('returns a single track by its id', async () => {
    const { catalogue } = scene.spotify;
    const { id = '' } = catalogue.findTrack('Rêverie') ?? {};
    assert.match(id, /^[A-Za-z0-9]{22}$/);
    const { body } = await send(scene, ['GET', `/v1/tracks/${id}`], token);
    const { uri, artists } = body as { uri: string; artists: { name: string }[] };
    assert.equal(uri, `spotify:track:${id}`);
    assert.deepEqual(names({ items: artists } as Page), ['Claude Debussy', 'Alva']);
    assert.equal((await get(scene, '/v1/tracks/0000000000000000000000', token)).status, 404);
  });
});
