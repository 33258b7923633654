import type { Track } from '../catalogue.ts';
import type { Answer } from '../http/answer.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { apiAnswer, apiError } from './apiAnswer.ts';
import { authenticate } from './bearer.ts';
import { linkBase } from './links.ts';
import { albumObject, artistObject, playlistObject, trackObject } from './objects.ts';
import { page, searchPage } from './paging.ts';

type Kind = 'album' | 'artist' | 'audiobook' | 'episode' | 'playlist' | 'show' | 'track';
const KINDS: Kind[] = ['album', 'artist', 'audiobook', 'episode', 'playlist', 'show', 'track'];

/**
 * `GET /v1/search`: a page for each requested type. Without a catalogue, always the same track.
 *
 * @throws Refusal 400 with the texts of Spotify (observed 2017 to 2023), but for an unknown type
 */
export function search(spotify: Service, request: SpotifyRequest): Answer {
  const { app } = authenticate(spotify, request);
  if (spotify.catalogue.tracks.length === 0) return apiAnswer(200, CLAIR_DE_LUNE);
  const wanted = parameter(request.query, 'q');
  if (wanted === undefined) throw apiError(400, 'No search query');
  const pages = readTypes(request).map((kind) => {
    const found = find(spotify, kind, matcher(wanted), linkBase(request));
    const result = page(request, found, (object) => object, searchPage(app), { type: kind });
    return [`${kind}s`, result];
  });
  return apiAnswer(200, Object.fromEntries(pages) as object);
}

function readTypes({ query }: SpotifyRequest): Kind[] {
  const types = parameter(query, 'type')?.split(',');
  if (!types) throw apiError(400, 'Missing parameter type');
  return types.map((name) => {
    const kind = KINDS.find((one) => one === name);
    if (!kind) throw apiError(400, `Bad search type field ${name}`);
    return kind;
  });
}

/** The texts in which a search looks, by the names of the field filters. */
type Fields = Partial<Record<'track' | 'artist' | 'album' | 'playlist', string>>;

function find(
  { catalogue }: Service,
  kind: Kind,
  matches: (fields: Fields) => boolean,
  base: string,
): object[] {
  const tracks = catalogue.tracks.filter((track) => matches(fieldsOf(kind, track)));
  switch (kind) {
    case 'track':
      return tracks.map((track) => trackObject(track, base));
    case 'album':
      return distinct(tracks.map((track) => albumObject(track, base)));
    case 'artist': {
      const names = catalogue.tracks.flatMap(({ artists }) => artists);
      const found = names.filter((artist) => matches({ artist }));
      return distinct(found.map((name) => ({ ...artistObject(name, base), images: [] })));
    }
    case 'playlist':
      return catalogue.playlists
        .filter((one) => one.public && matches({ playlist: one.name }))
        .map((one) => playlistObject(one, base));
    case 'audiobook':
    case 'episode':
    case 'show':
      return [];
  }
}

function fieldsOf(kind: Kind, { name, artists, album }: Track): Fields {
  const fields = { artist: artists.join(' '), album };
  return kind === 'track' ? { track: name, ...fields } : fields;
}

/**
 * Returns whether all words of a query are somewhere in the fields, without regard to case, accents and
 * quotes. A word like `artist:satie` must be in that field.
 */
function matcher(wanted: string): (fields: Fields) => boolean {
  const words = plain(wanted).replaceAll('"', '').split(/\s+/).filter(Boolean);
  return (fields) =>
    words.every((word) => {
      const [, filter = '', rest = word] = /^(track|artist|album):(.+)$/.exec(word) ?? [];
      const texts = filter ? [fields[filter as keyof Fields] ?? ''] : Object.values(fields);
      return texts.some((text) => plain(text).includes(rest));
    });
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function distinct<T extends { id: string }>(objects: readonly T[]): T[] {
  return [...new Map(objects.map((one) => [one.id, one])).values()];
}

const CLAIR_DE_LUNE = {
  tracks: {
    items: [
      {
        id: '0000000000000000000000',
        name: 'Clair de lune',
        type: 'track',
        artists: [{ name: 'Claude Debussy' }],
        external_urls: { spotify: 'https://open.spotify.com/track/0000000000000000000000' },
      },
    ],
    limit: 1,
    offset: 0,
    total: 1,
  },
};
