import type { PlaylistData, TrackData, UserData } from './data.ts';

const by = (artist: string, album: string, names: readonly string[]): TrackData[] =>
  names.map((name) => ({ name, artists: [artist], album }));

export const defaultTracks: readonly TrackData[] = [
  ...by('Erik Satie', 'Trois Gymnopédies', ['Gymnopédie No. 1', 'Gymnopédie No. 2']),
  ...by('Erik Satie', 'Six Gnossiennes', ['Gnossienne No. 1', 'Gnossienne No. 2']),
  ...by('Erik Satie', 'Je te veux', ['Je te veux']),
  ...by('Claude Debussy', 'Suite bergamasque', ['Prélude', 'Menuet', 'Clair de lune', 'Passepied']),
  ...by('Claude Debussy', 'Rêverie', ['Rêverie']),
  ...by('Maurice Ravel', 'Miroirs', ['Noctuelles', 'Oiseaux tristes', 'Alborada del gracioso']),
];

export const defaultUsers: readonly UserData[] = [
  { id: 'alva', displayName: 'Alva Lind', nowPlaying: 'Gymnopédie No. 1' },
  { id: 'noor', displayName: 'Noor Haddad', product: 'free' },
];

/** For users of any names: the first two own them. */
export const defaultPlaylists = (users: readonly UserData[]): PlaylistData[] => [
  { name: 'Quiet evening', tracks: ['Gymnopédie No. 1', 'Clair de lune', 'Rêverie'] },
  { name: 'Practice', tracks: ['Menuet'], public: false },
  ...users.slice(1, 2).map(({ id }) => ({ name: 'Birds', owner: id, tracks: ['Oiseaux tristes'] })),
];
