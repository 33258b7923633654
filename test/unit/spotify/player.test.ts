import assert from 'node:assert/strict';
import { createDevice } from '../../spotify/player.ts';
import type { Track } from '../../spotify/catalogue.ts';
import { send, setScene, type Scene } from './steps.ts';

const SCOPES = [
  'user-read-playback-state',
  'user-read-currently-playing',
  'user-modify-playback-state',
];

interface Playback {
  is_playing: boolean;
  progress_ms: number;
  shuffle_state: boolean;
  repeat_state: string;
  context: { uri: string } | null;
  item: { name: string };
  device: { name: string; volume_percent: number };
}

describe('Spotify stand-in: player', () => {
  let scene: Scene;
  let token: string;
  let tracks: Track[];
  beforeEach(async () => {
    scene = await setScene();
    const { spotify, alva, app } = scene;
    token = spotify.tokens.issue(alva, app, SCOPES).accessToken;
    tracks = ['One', 'Two', 'Three'].map((name) => spotify.catalogue.addTrack({ name }));
    alva.player.devices.push(createDevice({ name: 'Kitchen', type: 'Speaker' }));
  });
  afterEach(() => scene.spotify.close());

  const uri = (index: number) => `spotify:track:${tracks[index]?.id ?? ''}`;
  const command = (method: string, path: string, body?: object) =>
    send(scene, [method, `/v1/me/player${path}`], token, body);
  const playback = async () => (await command('GET', '')).body as Playback;
  const queued = async () => {
    const { body } = await command('GET', '/queue');
    const { currently_playing, queue } = body as {
      currently_playing: { name: string } | null;
      queue: { name: string }[];
    };
    return [currently_playing?.name, ...queue.map(({ name }) => name)];
  };
  const error = async (answer: ReturnType<typeof command>) => {
    const { status, body } = await answer;
    const { message, reason } = (body as { error: { message: string; reason?: string } }).error;
    return [status, message, reason];
  };

  it('has nothing to show until a track is played', async () => {
    assert.equal((await command('GET', '')).status, 204);
    assert.deepEqual(await queued(), [undefined]);
    await command('PUT', '/play', { uris: [uri(0)] });
    const { item, is_playing, device, progress_ms } = await playback();
    assert.deepEqual(
      [item.name, is_playing, device.name, progress_ms],
      ['One', true, 'Web Player', 0],
    );
  });

  it('answers commands with a text that is no JSON, or as documented with nothing', async () => {
    const { status, body } = await command('PUT', '/play', { uris: [uri(0)] });
    assert.equal(status, 200);
    assert.match(String(body), /^[\w-]{27}$/);
    scene.spotify.behaviour.silentPlayer = true;
    assert.deepEqual(await command('PUT', '/pause'), { status: 204, body: '' });
  });

  it('plays what the user has queued before the rest of the tracks', async () => {
    await command('PUT', '/play', { uris: [uri(0), uri(1)] });
    await command('POST', `/queue?uri=${uri(2)}`);
    assert.deepEqual(await queued(), ['One', 'Three', 'Two']);
    await command('POST', '/next');
    assert.deepEqual(await queued(), ['Three', 'Two']);
    await command('POST', '/previous');
    assert.deepEqual(await queued(), ['One', 'Three', 'Two']);
    for (let times = 0; times < 3; times++) await command('POST', '/next');
    assert.equal((await command('GET', '')).status, 204);
  });

  it('plays a playlist from a position, and names it as the context', async () => {
    const { catalogue } = scene.spotify;
    const { id } = catalogue.addPlaylist({ name: 'All', owner: scene.alva, tracks });
    const context_uri = `spotify:playlist:${id}`;
    await command('PUT', '/play', { context_uri, offset: { position: 1 }, position_ms: 5000 });
    assert.deepEqual(await queued(), ['Two', 'Three']);
    const { context, progress_ms } = await playback();
    assert.deepEqual([context?.uri, progress_ms], [context_uri, 5000]);
    await command('PUT', '/play', { context_uri, offset: { uri: uri(2) } });
    assert.deepEqual(await queued(), ['Three']);
  });

  it('pauses and goes on, and refuses to pause twice', async () => {
    await command('PUT', '/play', { uris: [uri(0)] });
    await command('PUT', '/pause');
    assert.equal((await playback()).is_playing, false);
    const refused = await error(command('PUT', '/pause'));
    assert.deepEqual(refused, [403, 'Player command failed: Restriction violated', 'UNKNOWN']);
    await command('PUT', '/play');
    assert.equal((await playback()).is_playing, true);
  });

  it('seeks, and sets the volume, shuffle and repeat', async () => {
    await command('PUT', '/play', { uris: [uri(0)] });
    for (const path of ['seek?position_ms=9', 'volume?volume_percent=7', 'shuffle?state=true']) {
      assert.equal((await command('PUT', `/${path}`)).status, 200);
    }
    await command('PUT', '/repeat?state=track');
    const { progress_ms, device, shuffle_state, repeat_state } = await playback();
    assert.deepEqual([progress_ms, device.volume_percent], [9, 7]);
    assert.deepEqual([shuffle_state, repeat_state], [true, 'track']);
    for (const path of ['seek', 'volume?volume_percent=101', 'repeat?state=maybe']) {
      assert.equal((await command('PUT', `/${path}`)).status, 400, path);
    }
  });

  it('plays on the device that a command names, and moves to another one', async () => {
    const [, kitchen] = scene.alva.player.devices;
    await command('PUT', `/play?device_id=${kitchen?.id ?? ''}`, { uris: [uri(0)] });
    assert.equal((await playback()).device.name, 'Kitchen');
    await command('PUT', '', { device_ids: [scene.alva.player.devices[0]?.id] });
    const { body } = await command('GET', '/devices');
    const { devices } = body as { devices: { name: string; is_active: boolean }[] };
    const shown = devices.map(({ name, is_active }) => [name, is_active]);
    assert.deepEqual(shown, [
      ['Web Player', true],
      ['Kitchen', false],
    ]);
    assert.equal((await command('PUT', '', { device_ids: [] })).status, 400);
  });

  it('refuses commands without a device, Premium or the scope, with the reasons of Spotify', async () => {
    const { spotify, alva, app } = scene;
    const unknown = await error(command('PUT', '/play?device_id=x', { uris: [uri(0)] }));
    assert.deepEqual(unknown, [404, 'Device not found', undefined]);
    alva.player.devices.length = 0;
    const inactive = await error(command('PUT', '/pause'));
    const text = 'Player command failed: No active device found';
    assert.deepEqual(inactive, [404, text, 'NO_ACTIVE_DEVICE']);
    alva.product = 'free';
    const free = await error(command('PUT', '/pause'));
    assert.deepEqual(free, [403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED']);
    token = spotify.tokens.issue(alva, app, ['user-read-playback-state']).accessToken;
    assert.deepEqual(await error(command('PUT', '/pause')), [
      401,
      'Permissions missing',
      undefined,
    ]);
  });

  it('refuses tracks that the catalogue lacks', async () => {
    const missing = 'spotify:track:0000000000000000000000';
    const refused = await error(command('POST', `/queue?uri=${missing}`));
    assert.deepEqual(refused, [400, 'Payload contains a non-existing ID', undefined]);
    const malformed = await error(command('PUT', '/play', { uris: ['One'] }));
    assert.deepEqual(malformed, [400, 'Invalid track uri', undefined]);
    const context = await error(command('PUT', '/play', { context_uri: 'spotify:playlist:x' }));
    assert.deepEqual(context, [404, 'Context not found', undefined]);
    assert.equal((await command('PUT', '/play')).status, 403);
  });
});
