import assert from 'node:assert/strict';
import { get, refusal, send, setScene, type Scene } from './steps.ts';

interface RecentlyPlayed {
  items: { track: { name: string }; played_at: string }[];
  next: string | null;
  cursors: { after: string; before: string } | null;
}

describe('Spotify stand-in: recently played', () => {
  let scene: Scene;
  let token: string;
  beforeEach(async () => {
    scene = await setScene();
    const scope = ['user-read-recently-played', 'user-modify-playback-state'];
    token = scene.spotify.tokens.issue(scene.alva, scene.app, scope).accessToken;
  });
  afterEach(() => scene.spotify.close());

  const path = '/v1/me/player/recently-played';
  const list = async (query = '') =>
    (await send(scene, ['GET', path + query], token)).body as RecentlyPlayed;
  const names = ({ items }: RecentlyPlayed) => items.map(({ track }) => track.name);
  async function listen(...titles: string[]): Promise<void> {
    const uris = titles.map(
      (name) => `spotify:track:${scene.spotify.catalogue.addTrack({ name }).id}`,
    );
    await send(scene, ['PUT', '/v1/me/player/play'], token, { uris });
    while (scene.alva.nowPlaying !== null) await send(scene, ['POST', '/v1/me/player/next'], token);
  }

  it('is empty at first, and then has the tracks that were played, the last one first', async () => {
    const { items, next, cursors } = await list();
    assert.deepEqual([items, next, cursors], [[], null, null]);
    await listen('One', 'Two');
    const played = await list();
    assert.deepEqual(names(played), ['Two', 'One']);
    assert.equal(Date.parse(played.items[0]?.played_at ?? ''), Number(played.cursors?.after));
    assert.equal(Date.parse(played.items[1]?.played_at ?? ''), Number(played.cursors?.before));
  });

  it('has pages in both directions, which cursors connect', async () => {
    await listen('One', 'Two', 'Three');
    const query = (link: string | null) => new URL(link ?? '').search;
    const last = await list('?limit=2');
    assert.deepEqual(names(last), ['Three', 'Two']);
    const first = await list(query(last.next));
    assert.deepEqual([names(first), first.next], [['One'], null]);

    const newer = await list(`?limit=1&after=${first.cursors?.after}`);
    assert.deepEqual(names(newer), ['Two']);
    const newest = await list(query(newer.next));
    assert.deepEqual([names(newest), newest.next], [['Three'], null]);
    assert.deepEqual((await list(`?after=${newest.cursors?.after}`)).items, []);
  });

  it('refuses both cursors at once, a cursor that is no number, and a token without the scope', async () => {
    for (const query of ['?after=1&before=2', '?before=x', '?limit=51']) {
      assert.equal((await refusal(get(scene, path + query, token)))[0], 400, query);
    }
    const { accessToken } = scene.spotify.tokens.issue(scene.alva, scene.app, []);
    assert.equal((await refusal(get(scene, path, accessToken)))[0], 403);
  });
});
