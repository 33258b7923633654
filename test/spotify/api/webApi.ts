import type { Answer } from '../http/answer.ts';
import type { SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { apiAnswer, apiError, noContent } from './apiAnswer.ts';
import { authenticate, authenticateUser } from './bearer.ts';
import { linkBase } from './links.ts';
import { trackObject } from './objects.ts';
import { page } from './paging.ts';
import { profile } from './profile.ts';

/** `GET /v1/me`. Refuses a token without a user as Spotify did in 2021 (observed). */
export function getMe(spotify: Service, request: SpotifyRequest): Answer {
  const token = authenticate(spotify, request);
  if (!token.user) throw apiError(401, 'Unauthorized.');
  return apiAnswer(200, profile(token.user, token, spotify));
}

/** `GET /v1/me/top/tracks`: the catalogue. Without one, the track that the user listens to now. */
export function getTopTracks(spotify: Service, request: SpotifyRequest): Answer {
  const { nowPlaying } = authenticateUser(spotify, request, 'user-top-read');
  const { tracks } = spotify.catalogue;
  if (tracks.length > 0) {
    return apiAnswer(
      200,
      page(request, tracks, (one) => trackObject(one, linkBase(request))),
    );
  }
  const items = nowPlaying === null ? [] : [{ name: nowPlaying, type: 'track' }];
  return apiAnswer(200, { items, limit: 20, offset: 0, total: items.length });
}

/** `GET /v1/tracks/{id}`. The catalogue needs no user. */
export function getTrack(spotify: Service, request: SpotifyRequest, id: string): Answer {
  authenticate(spotify, request);
  const track = spotify.catalogue.tracks.find((one) => one.id === id);
  if (!track) throw apiError(404, 'Resource not found');
  return apiAnswer(200, trackObject(track, linkBase(request)));
}

/** Answers a CORS preflight: web pages may send the header `Authorization`. */
export function allowPreflight(): Answer {
  return noContent({
    'Access-Control-Allow-Headers': 'Accept, Authorization, Content-Type, X-Forwarded-Host',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
  });
}
