import {
  AuthorizationCode,
  type AuthorizationCodeOptions,
  endpointsAt,
} from '../../../src/auth/index.ts';
import type { App, Spotify } from '../../spotify/index.ts';

/** Returns a public client of `app`, without retries by default. */
export function publicClient(
  spotify: Spotify,
  app: App,
  options: AuthorizationCodeOptions,
): AuthorizationCode {
  return new AuthorizationCode({
    clientId: app.clientId,
    clientSecret: null,
    scope: 'user-read-private user-top-read',
    endpoints: endpointsAt(spotify.accountsUrl),
    maxRetries: 0,
    ...options,
  });
}
