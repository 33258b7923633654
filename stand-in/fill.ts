import { createDevice } from '../test/spotify/player.ts';
import type { Service } from '../test/spotify/service.ts';
import type { User } from '../test/spotify/users.ts';
import type { StandInData, UserData } from './data.ts';
import { defaultPlaylists, defaultTracks, defaultUsers } from './defaultData.ts';

/**
 * Adds users, tracks and playlists, those of the demo where `data` has none. The demo’s playlists need
 * its tracks.
 *
 * @throws Error that names the user or playlist with a track or user that is missing or ambiguous
 */
export function fill(spotify: Service, data: StandInData): void {
  for (const track of data.tracks ?? defaultTracks) spotify.catalogue.addTrack(track);
  const { users = defaultUsers(spotify.catalogue.tracks[0]?.id ?? null) } = data;
  const playlists = data.playlists ?? (data.tracks ? [] : defaultPlaylists(users));
  forEach('users', users, ({ id, ...rest }) => {
    if (spotify.users.has(id)) throw new Error(`There are two users "${id}".`);
    changeUser(spotify, spotify.addUser({ id, displayName: id }), rest);
  });
  forEach('playlists', playlists, (playlist) => {
    const { owner = users[0]?.id ?? '', tracks: names = [], ...rest } = playlist;
    const tracks = names.map((name) => findTrack(spotify, name));
    spotify.catalogue.addPlaylist({ ...rest, owner: findUser(spotify, owner), tracks });
  });
}

/** Calls `add` for each item. Its errors name the item, as those of `checkData` do. */
function forEach<T>(part: string, items: readonly T[], add: (item: T) => void): void {
  items.forEach((item, index) => {
    try {
      add(item);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${part}[${index}]: ${reason}`, { cause: error });
    }
  });
}

/** Changes members of a user. @throws Error if the track is missing or ambiguous */
export function changeUser(
  spotify: Service,
  user: User,
  { devices, nowPlaying, ...rest }: Partial<UserData>,
): void {
  if (nowPlaying !== undefined) {
    const uri = nowPlaying && `spotify:track:${findTrack(spotify, nowPlaying).id}`;
    user.nowPlaying = uri;
    user.player.isPlaying = uri !== null;
  }
  if (devices) user.player.devices = devices.map((device) => createDevice(device));
  Object.assign(user, rest);
}

/** Returns the user with this id. @throws Error if there is none */
export function findUser({ users }: Service, id: string): User {
  const user = users.get(id);
  if (!user) throw new Error(`There is no user "${id}", only ${[...users.keys()].join(', ')}.`);
  return user;
}

function findTrack({ catalogue }: Service, name: string) {
  const track = catalogue.findTrack(name);
  if (!track) throw new Error(`There is no track "${name}".`);
  const isAmbiguous = catalogue.tracks.some((one) => one.name === name && one.id !== track.id);
  if (isAmbiguous) throw new Error(`Several tracks are called "${name}". Use the id of one.`);
  return track;
}
