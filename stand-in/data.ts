/** A user of the stand-in. */
export interface UserData {
  readonly id: string;
  /** By default the id; null as for users who have none. */
  readonly displayName?: string | null;
  readonly email?: string;
  readonly country?: string;
  /** By default `premium`. Commands to the player need it. */
  readonly product?: 'premium' | 'free' | 'open';
  /** Name, id or URI of the track in the player. */
  readonly nowPlaying?: string | null;
  /** By default one active device. */
  readonly devices?: readonly DeviceData[];
}

/** A device of a user. Without an id it gets one that depends on its name only. */
export interface DeviceData {
  readonly name: string;
  readonly id?: string;
  readonly type?: string;
  readonly isActive?: boolean;
  readonly volumePercent?: number;
}

/** A track. Without an id it gets one that depends on its name, artists and album only. */
export interface TrackData {
  readonly name: string;
  readonly artists: readonly string[];
  readonly id?: string;
  readonly album?: string;
  readonly durationMs?: number;
}

export interface PlaylistData {
  readonly name: string;
  /** Id of a user, by default of the first one. */
  readonly owner?: string;
  /** Names, ids or URIs of tracks. */
  readonly tracks?: readonly string[];
  readonly id?: string;
  readonly description?: string;
  readonly public?: boolean;
  /** Whether every user may read and change it. */
  readonly collaborative?: boolean;
}

/** What a data file contains. A part that is missing is the demo’s, but its playlists need its tracks. */
export interface StandInData {
  readonly users?: readonly UserData[];
  readonly tracks?: readonly TrackData[];
  readonly playlists?: readonly PlaylistData[];
}

/** The type that a member must have, as a sentence names it, and the check. */
export type Rule = readonly [type: string, fits: (value: unknown) => boolean];
type Rules<T> = Record<keyof T, Rule>;

const isString = (value: unknown) => typeof value === 'string' && value !== '';
const isStrings = (value: unknown) => Array.isArray(value) && value.every(isString);
export const string: Rule = ['a string', isString];
export const strings: Rule = ['a list of strings', isStrings];
const stringOrNull: Rule = ['a string or null', (value) => value === null || isString(value)];
export const boolean: Rule = ['true or false', (value) => typeof value === 'boolean'];
export const natural: Rule = [
  'a whole number',
  (value) => Number.isInteger(value) && Number(value) >= 0,
];
const list: Rule = ['a list', Array.isArray];
const PRODUCTS = ['premium', 'free', 'open'];

const DATA: Rules<StandInData> = { users: list, tracks: list, playlists: list };
const USER: Rules<UserData> = {
  id: string,
  displayName: stringOrNull,
  email: string,
  country: string,
  product: [PRODUCTS.join(', '), (value) => PRODUCTS.includes(String(value))],
  nowPlaying: stringOrNull,
  devices: list,
};
const DEVICE: Rules<DeviceData> = {
  name: string,
  id: string,
  type: string,
  isActive: boolean,
  volumePercent: natural,
};
const TRACK: Rules<TrackData> = {
  name: string,
  artists: strings,
  id: ['22 letters and digits', (value) => /^[A-Za-z0-9]{22}$/.test(String(value))],
  album: string,
  durationMs: natural,
};
const PLAYLIST: Rules<PlaylistData> = {
  name: string,
  owner: string,
  tracks: strings,
  id: TRACK.id,
  description: ['a string', (value) => typeof value === 'string'],
  public: boolean,
  collaborative: boolean,
};

/**
 * Checks the content of a data file.
 *
 * @throws Error that names the first member that is wrong, unknown or missing
 */
export function checkData(data: unknown): StandInData {
  const { users = [], tracks = [], playlists = [] } = check<StandInData>('The data', data, DATA);
  users.forEach((user, index) => {
    check(`users[${index}]`, user, USER, ['id']);
    checkUser(user, `users[${index}]`);
  });
  tracks.forEach((one, index) => check(`tracks[${index}]`, one, TRACK, ['name', 'artists']));
  playlists.forEach((one, index) => check(`playlists[${index}]`, one, PLAYLIST, ['name']));
  return data as StandInData;
}

/** Checks members of a user. @throws Error as above */
export function checkUser(user: unknown, place = 'The user'): Partial<UserData> {
  const { devices = [] } = check<UserData>(place, user, USER);
  const where = place === 'The user' ? 'devices' : `${place}.devices`;
  devices.forEach((one, index) => check(`${where}[${index}]`, one, DEVICE, ['name']));
  return user as Partial<UserData>;
}

function check<T>(
  place: string,
  value: unknown,
  rules: Rules<T>,
  required: readonly (keyof T & string)[] = [],
): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${place} must be an object.`);
  }
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing) throw new Error(`${place} has no member "${missing}".`);
  for (const [name, member] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof T] : undefined;
    const known = Object.keys(rules).join(', ');
    if (!rule) throw new Error(`${place} has an unknown member "${name}". Known: ${known}.`);
    if (!rule[1](member)) throw new Error(`${place}: "${name}" must be ${rule[0]}.`);
  }
  return value as T;
}
