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

/** @param firstTrack The id of the track that plays, if there is one */
export const defaultUsers = (firstTrack: string | null): UserData[] => [
  { id: 'alva', displayName: 'Alva Lind', nowPlaying: firstTrack },
  { id: 'noor', displayName: 'Noor Haddad', product: 'free' },
];

/** For users of any names: the first two own them. */
export function defaultPlaylists([first, second]: readonly UserData[]): PlaylistData[] {
  const evening = ['Gymnopédie No. 1', 'Clair de lune', 'Rêverie'];
  return [
    ...of(first, { name: 'Quiet evening', tracks: evening }),
    ...of(first, { name: 'Practice', tracks: ['Menuet'], public: false }),
    ...of(second, { name: 'Birds', tracks: ['Oiseaux tristes'] }),
  ];
}

/** Returns the playlist of a user, or none without the user. */
const of = (user: UserData | undefined, playlist: PlaylistData): PlaylistData[] =>
  user ? [{ ...playlist, owner: user.id }] : [];
