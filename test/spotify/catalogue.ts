import { createHash } from 'node:crypto';
import type { User } from './users.ts';

export interface Track {
  /** 22 letters and digits. */
  readonly id: string;
  readonly name: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly durationMs: number;
}

export type TrackOptions = Pick<Track, 'name'> & Partial<Track>;

/** A playlist. A test may change everything but the id. */
export interface Playlist {
  /** 22 letters and digits. */
  readonly id: string;
  name: string;
  owner: User;
  description: string;
  public: boolean;
  /** Whether every user may read and change it. */
  collaborative: boolean;
  tracks: Track[];
}

export type PlaylistOptions = Pick<Playlist, 'name' | 'owner'> & Partial<Playlist>;

/** The tracks and playlists, in the order in which they were added. */
export class Catalogue {
  readonly tracks: Track[] = [];
  readonly playlists: Playlist[] = [];

  /** Adds a track. Without an id it gets one that depends on its name, artists and album only. */
  addTrack({ name, artists = ['Erik Satie'], album = name, ...rest }: TrackOptions): Track {
    const id = spotifyId('track', name, ...artists, album);
    const track = { id, name, artists, album, durationMs: 180_000, ...rest };
    this.tracks.push(track);
    return track;
  }

  /** Adds a playlist, the newest last. Without an id it gets one that depends on its number only. */
  addPlaylist(options: PlaylistOptions): Playlist {
    const playlist = {
      id: spotifyId('playlist', String(this.playlists.length)),
      description: '',
      public: true,
      collaborative: false,
      ...options,
      tracks: [...(options.tracks ?? [])],
    };
    this.playlists.push(playlist);
    return playlist;
  }

  /** Returns the first track with this URI, id or name. */
  findTrack(wanted: string): Track | undefined {
    const id = wanted.replace(/^spotify:track:/, '');
    const { tracks } = this;
    return tracks.find((one) => one.id === id) ?? tracks.find(({ name }) => name === wanted);
  }

  /** Returns the playlist with this URI or id. */
  findPlaylist(wanted: string): Playlist | undefined {
    const id = wanted.replace(/^spotify:playlist:/, '');
    return this.playlists.find((one) => one.id === id);
  }

  clear(): void {
    this.tracks.length = 0;
    this.playlists.length = 0;
  }
}

/** Returns 22 letters and digits that depend on the arguments only, so that tests can rely on them. */
export function spotifyId(...parts: string[]): string {
  const hash = createHash('sha512').update(parts.join('\0')).digest('base64');
  return hash.replace(/[^A-Za-z0-9]/g, '').slice(0, 22);
}
