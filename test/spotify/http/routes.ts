import { answerConsent, authorize } from '../accounts/authorize.ts';
import { answerTokenRequest } from '../accounts/tokenEndpoint.ts';
import { apiError } from '../api/apiAnswer.ts';
import { allowPreflight, getCurrentlyPlaying, getMe, getTopTracks, search } from '../api/webApi.ts';
import type { Service } from '../service.ts';
import { htmlAnswer, type Answer } from './answer.ts';
import type { Endpoint, Host } from './endpoint.ts';
import type { SpotifyRequest } from './request.ts';

export interface Route {
  readonly endpoint: Endpoint;
  readonly answer: (spotify: Service, request: SpotifyRequest) => Answer;
}

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['accounts GET /authorize', { endpoint: 'authorize', answer: authorize }],
  ['accounts POST /authorize/consent', { endpoint: 'consent', answer: answerConsent }],
  ['accounts POST /api/token', { endpoint: 'token', answer: answerTokenRequest }],
  ['api GET /v1/me', { endpoint: 'me', answer: getMe }],
  [
    'api GET /v1/me/player/currently-playing',
    { endpoint: 'currently-playing', answer: getCurrentlyPlaying },
  ],
  ['api GET /v1/me/top/tracks', { endpoint: 'top-tracks', answer: getTopTracks }],
  ['api GET /v1/search', { endpoint: 'search', answer: search }],
]);

/** Returns the route of a request. */
export function findRoute(host: Host, { method, path }: SpotifyRequest): Route {
  const route = routes.get(`${host} ${method} ${path}`);
  if (route) return route;
  if (host === 'accounts') return { endpoint: 'other', answer: showLostPage };
  return { endpoint: 'other', answer: method === 'OPTIONS' ? allowPreflight : refuseUnknown };
}

/** Also answers every CORS preflight: the Accounts service accepts only simple requests. */
function showLostPage(): Answer {
  return htmlAnswer(404, '<!doctype html><title>Error</title><h1>Something went wrong</h1>');
}

/** Spotify documents the format of this error, but not the text. */
function refuseUnknown(): never {
  throw apiError(404, 'Service not found');
}
