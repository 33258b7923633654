import { spotifyId } from './catalogue.ts';

/** A device of a user on which Spotify can play. */
export interface Device {
  readonly id: string;
  name: string;
  type: string;
  /** At most one device of a user is active. */
  isActive: boolean;
  volumePercent: number;
}

export type DeviceOptions = Pick<Device, 'name'> & Partial<Device>;

/**
 * What a user’s player remembers beside the track, which is `nowPlaying` of the user. Time does not
 * pass in it: only commands change it.
 */
export interface Player {
  devices: Device[];
  isPlaying: boolean;
  progressMs: number;
  shuffle: boolean;
  repeat: 'off' | 'track' | 'context';
  /** The URI of the playlist that plays, if any. */
  context: string | null;
  /** URIs of the tracks that the user has queued. They are played before `upNext`. */
  queue: string[];
  /** URIs of the rest of the playlist, or of the requested tracks. */
  upNext: string[];
  /** URIs of the tracks played before, the last one last. */
  history: string[];
}

/** Creates a player with one device, which is active. */
export function createPlayer(): Player {
  return {
    devices: [createDevice({ name: 'Web Player', isActive: true })],
    isPlaying: true,
    progressMs: 0,
    shuffle: false,
    repeat: 'off',
    context: null,
    queue: [],
    upNext: [],
    history: [],
  };
}

/** Creates a device, by default an inactive computer. Its id depends on its name only. */
export function createDevice(options: DeviceOptions): Device {
  const id = spotifyId('device', options.name);
  return { id, type: 'Computer', isActive: false, volumePercent: 50, ...options };
}
