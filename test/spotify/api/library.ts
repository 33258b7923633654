import type { Answer } from '../http/answer.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { apiAnswer, apiError, emptyAnswer } from './apiAnswer.ts';
import { authenticateUser } from './bearer.ts';
import { linkBase } from './links.ts';
import { trackObject } from './objects.ts';
import { page } from './paging.ts';

/** Spotify’s limit for one request. */
const MOST_URIS = 40;
/** What can be saved. Artists can only be looked for. */
const SAVED = 'track|album|episode|show|audiobook|user|playlist';

/**
 * `PUT` and `DELETE /v1/me/library`, which have replaced a path for each kind of item in February 2026. They
 * answer 200 without a body (observed 2026).
 *
 * @throws Refusal 400 unless the query names URIs, which the body may not (observed 2026-08)
 */
export function changeLibrary(spotify: Service, request: SpotifyRequest): Answer {
  const user = authenticateUser(spotify, request, 'user-library-modify');
  const uris = readUris(request, SAVED);
  const others = user.library.filter((uri) => !uris.includes(uri));
  user.library = request.method === 'DELETE' ? others : [...uris, ...others];
  return emptyAnswer();
}

/** `GET /v1/me/library/contains`: a boolean for each URI. */
export function getContains(spotify: Service, request: SpotifyRequest): Answer {
  const { library } = authenticateUser(spotify, request, 'user-library-read');
  const uris = readUris(request, `${SAVED}|artist`);
  return apiAnswer(
    200,
    uris.map((uri) => library.includes(uri)),
  );
}

/** `GET /v1/me/tracks`: the saved tracks, the last one first. */
export function getSavedTracks(spotify: Service, request: SpotifyRequest): Answer {
  const { library } = authenticateUser(spotify, request, 'user-library-read');
  const tracks = library.flatMap((uri) => spotify.catalogue.findTrack(uri) ?? []);
  const show = (track: (typeof tracks)[number]) => ({
    added_at: '2026-01-01T00:00:00Z',
    track: trackObject(track, linkBase(request)),
  });
  return apiAnswer(200, page(request, tracks, show));
}

/** The texts for a wrong URI and for too many are not known. */
function readUris({ query }: SpotifyRequest, kinds: string): string[] {
  const uris = parameter(query, 'uris')?.split(',');
  if (!uris) throw apiError(400, 'Missing required field: uris');
  const valid = new RegExp(`^spotify:(${kinds}):\\w+$`);
  if (!uris.every((uri) => valid.test(uri))) throw apiError(400, 'Invalid uris');
  if (uris.length > MOST_URIS) throw apiError(400, 'Too many uris');
  return uris;
}
