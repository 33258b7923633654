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

/** Lets the stand-in’s user answer a new authorization URL. Returns the code, after the state was checked. */
export async function agreedCode(auth: AuthorizationCode): Promise<string> {
  const { headers } = await fetch(await auth.getAuthorizationUrl(), { redirect: 'manual' });
  return auth.parseResponseUrl(headers.get('location') ?? '');
}
