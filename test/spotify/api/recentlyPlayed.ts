import type { Answer } from '../http/answer.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { apiAnswer, apiError } from './apiAnswer.ts';
import { authenticateUser } from './bearer.ts';
import { linkBase } from './links.ts';
import { trackObject } from './objects.ts';
import { USUAL_PAGE, wholeNumber } from './paging.ts';

/** When the first track was played. Time stands still in the player, so each next one is a minute later. */
const FIRST_PLAYED_AT = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

/**
 * `GET /v1/me/player/recently-played`: the player’s history, the last track first. Its pages have cursors,
 * which are times in milliseconds: `before` gives the next older tracks, `after` the next newer ones.
 *
 * @throws Refusal 400 for both cursors at once, which Spotify excludes (the text is not known)
 */
export function getRecentlyPlayed(spotify: Service, request: SpotifyRequest): Answer {
  const { player } = authenticateUser(spotify, request, 'user-read-recently-played');
  const limit = wholeNumber(request, 'limit', USUAL_PAGE.usual, 1, USUAL_PAGE.most);
  const before = wholeNumber(request, 'before', Infinity, 0, Infinity);
  const after = wholeNumber(request, 'after', -1, 0, Infinity);
  const isForward = parameter(request.query, 'after') !== undefined;
  if (isForward && before < Infinity)
    throw apiError(400, 'Only one of after and before is allowed');
  const all = player.history
    .map((uri, index) => ({ uri, at: FIRST_PLAYED_AT + index * MINUTE_MS }))
    .filter(({ at }) => at > after && at < before)
    .reverse();
  const plays = isForward ? all.slice(-limit) : all.slice(0, limit);
  const [newest, oldest] = [plays[0], plays.at(-1)];
  const cursors = newest && oldest && { after: String(newest.at), before: String(oldest.at) };
  const next = isForward ? `after=${cursors?.after}` : `before=${cursors?.before}`;
  const link = `${linkBase(request)}/me/player/recently-played`;
  return apiAnswer(200, {
    href: `${link}?limit=${limit}`,
    items: plays.flatMap(({ uri, at }) => {
      const track = spotify.catalogue.findTrack(uri);
      const played_at = new Date(at).toISOString();
      return track
        ? [{ track: trackObject(track, linkBase(request)), played_at, context: null }]
        : [];
    }),
    limit,
    next: plays.length < all.length ? `${link}?${next}&limit=${limit}` : null,
    cursors: cursors ?? null,
  });
}
