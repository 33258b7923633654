import type { SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import type { AccessToken } from '../tokens.ts';
import type { User } from '../users.ts';
import { apiError, plainForbidden } from './apiAnswer.ts';

const OWNER_WITHOUT_PREMIUM =
  'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.';

const NOT_ON_ALLOW_LIST =
  'The user is not registered for this application. Please check your settings on https://developer.spotify.com/dashboard.';

/**
 * Returns the access token of a request, after checking the rules for its app and user.
 *
 * @throws Refusal 401 for a missing or invalid token, with the text of July 2026 and without
 * `WWW-Authenticate` (it is not known whether Spotify still sends it); 400 for another authentication
 * scheme; 403 for the rules of development mode
 */
export function authenticate(spotify: Service, { headers }: SpotifyRequest): AccessToken {
  const { authorization } = headers;
  if (authorization !== undefined && !/^Bearer( |$)/i.test(authorization)) {
    throw apiError(400, 'Only valid bearer authentication supported');
  }
  const token = spotify.tokens.accessTokens.get(authorization?.slice('Bearer '.length) ?? '');
  if (!token || spotify.clock.now() >= token.expiresAt) {
    throw apiError(401, 'Missing/invalid/expired access token');
  }
  checkDevelopmentMode(token);
  return token;
}

/**
 * Returns the user of a request.
 *
 * @throws Refusal those of {@link authenticate}; 403 if the token has no user or lacks the scope
 */
export function authenticateUser(spotify: Service, request: SpotifyRequest, needed: string): User {
  const { user, scope } = authenticate(spotify, request);
  if (!user || !scope.includes(needed)) throw apiError(403, 'Insufficient client scope');
  return user;
}

function checkDevelopmentMode({ app, user }: AccessToken): void {
  if (!app.developmentMode) return;
  if (!app.ownerHasPremium) throw plainForbidden(OWNER_WITHOUT_PREMIUM);
  if (user && app.allowList !== 'everyone' && !app.allowList.includes(user.email)) {
    throw plainForbidden(NOT_ON_ALLOW_LIST);
  }
}
