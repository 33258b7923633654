import type { Answer } from '../http/answer.ts';
import type { SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { apiAnswer, apiError, noContent } from './apiAnswer.ts';
import { authenticate } from './bearer.ts';
import { profile } from './profile.ts';

/** `GET /v1/me`. Refuses a token without a user as Spotify did in 2021 (observed). */
export function getMe(spotify: Service, request: SpotifyRequest): Answer {
  const token = authenticate(spotify, request);
  if (!token.user) throw apiError(401, 'Unauthorized.');
  return apiAnswer(200, profile(token.user, token, spotify));
}

/** `GET /v1/me/player/currently-playing`: a track by Satie, or no content if nothing plays. */
export function getCurrentlyPlaying(spotify: Service, request: SpotifyRequest): Answer {
  const { scope, user } = authenticate(spotify, request);
  if (!user || !scope.includes('user-read-currently-playing')) {
    throw apiError(403, 'Insufficient client scope');
  }
  if (user.nowPlaying === null) return noContent();
  const item = { name: user.nowPlaying, type: 'track', artists: [{ name: 'Erik Satie' }] };
  return apiAnswer(200, { is_playing: true, currently_playing_type: 'track', item });
}

/** `GET /v1/me/top/tracks`: the track that the user listens to now, or an empty list. */
export function getTopTracks(spotify: Service, request: SpotifyRequest): Answer {
  const { scope, user } = authenticate(spotify, request);
  if (!user || !scope.includes('user-top-read')) throw apiError(403, 'Insufficient client scope');
  const items = user.nowPlaying === null ? [] : [{ name: user.nowPlaying, type: 'track' }];
  return apiAnswer(200, { items, limit: 20, offset: 0, total: items.length });
}

/** `GET /v1/search`: always the same track. The catalogue needs no user. */
export function search(spotify: Service, request: SpotifyRequest): Answer {
  authenticate(spotify, request);
  const id = '0000000000000000000000';
  const track = {
    id,
    name: 'Clair de lune',
    type: 'track',
    artists: [{ name: 'Claude Debussy' }],
    external_urls: { spotify: `https://open.spotify.com/track/${id}` },
  };
  return apiAnswer(200, { tracks: { items: [track], limit: 1, offset: 0, total: 1 } });
}

/** Answers a CORS preflight: web pages may send the header `Authorization`. */
export function allowPreflight(): Answer {
  return noContent({
    'Access-Control-Allow-Headers': 'Accept, Authorization, Content-Type',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
  });
}
