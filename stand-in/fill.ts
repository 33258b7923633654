import { createDevice } from '../test/spotify/player.ts';
import type { Service } from '../test/spotify/service.ts';
import type { User } from '../test/spotify/users.ts';
import type { StandInData, UserData } from './data.ts';
import { defaultPlaylists, defaultTracks, defaultUsers } from './defaultData.ts';

/**
 * Adds users, tracks and playlists, those of the demo where `data` has none.
 *
 * @throws Error if a playlist or a user names a track or user that is missing
 */
export function fill(spotify: Service, data: StandInData): void {
  const { users = defaultUsers, tracks = defaultTracks } = data;
  const playlists = data.playlists ?? (data.tracks ? [] : defaultPlaylists(users));
  for (const track of tracks) spotify.catalogue.addTrack(track);
  for (const { id, ...rest } of users) {
    if (spotify.users.has(id)) throw new Error(`There are two users "${id}".`);
    changeUser(spotify, spotify.addUser({ id, displayName: id }), rest);
  }
  for (const { owner = users[0]?.id ?? '', tracks: names = [], ...rest } of playlists) {
    const tracks = names.map((name) => findTrack(spotify, name));
    spotify.catalogue.addPlaylist({ ...rest, owner: findUser(spotify, owner), tracks });
  }
}

/** Changes members of a user. @throws Error if the track is missing */
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
  return track;
}
