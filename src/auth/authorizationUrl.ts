import * as oauth from 'oauth4webapi';
import { required, trimmed } from './credentials.ts';
import { endpointsAt, SPOTIFY_ACCOUNTS_URL } from './endpoints.ts';
import { ConfigurationError } from './errors.ts';
import type { PendingAuthorization } from './pendingAuthorizations.ts';
import { normalizeScopes } from './scopes.ts';

/** Options of one authorization URL. */
export interface AuthorizationUrlOptions {
  /** Comes back in the callback; random by default. */
  readonly state?: string | undefined;
  /** The scopes to ask the user for; those of the instance by default. */
  readonly scope?: string | readonly string[] | undefined;
  /** Makes Spotify show its consent page also to a user who agreed earlier. */
  readonly showDialog?: boolean | undefined;
  /** 43 to 128 unreserved characters (RFC 7636 section 4.1); random by default. */
  readonly codeVerifier?: string | undefined;
  /** In place of the instance's: for a loopback server, whose port is known once it listens (RFC 8252 section 7.3). */
  readonly redirectUri?: string | undefined;
}

/** The client that asks for authorization, with the defaults of the options. */
export interface AuthorizationClient {
  readonly clientId: string;
  /** The authorization endpoint. */
  readonly endpoint: string;
  /** Separated by spaces. */
  readonly scope: string;
  readonly redirectUri: string | undefined;
}

/** An authorization URL, its state, and the values that the exchange of its code repeats. */
export interface AuthorizationUrl {
  readonly url: string;
  readonly state: string;
  readonly pending: PendingAuthorization;
}

/**
 * Makes the URL of Spotify's consent page (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
 * @throws ConfigurationError when there is no redirect URI or Spotify refuses it, or a state or code verifier
 * is invalid.
 */
export async function authorizationUrl(
  client: AuthorizationClient,
  options: AuthorizationUrlOptions,
): Promise<AuthorizationUrl> {
  const redirectUri = requiredRedirectUri(
    trimmed('redirectUri', options.redirectUri) || client.redirectUri,
  );
  const state = options.state ?? oauth.generateRandomState();
  const codeVerifier = options.codeVerifier ?? oauth.generateRandomCodeVerifier();
  if (!state) throw new ConfigurationError('The state is empty.');
  checkRedirectUri(redirectUri, client.endpoint);
  checkCodeVerifier(codeVerifier);
  const scope =
    options.scope === undefined ? client.scope : normalizeScopes(options.scope).join(' ');
  const url = new URL(client.endpoint);
  url.search = new URLSearchParams({
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    ...(scope && { scope }),
    ...(options.showDialog && { show_dialog: 'true' }),
    code_challenge_method: 'S256',
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
  }).toString();
  return { url: url.href, state, pending: { codeVerifier, redirectUri, scope } };
}

/** @throws ConfigurationError when there is no redirect URI. */
export function requiredRedirectUri(redirectUri: string | undefined): string {
  return required('A redirect URI', 'redirectUri', redirectUri);
}

/**
 * @param endpoint Other authorization endpoints than Spotify's may accept every redirect URI.
 * @throws ConfigurationError for `localhost`: since 27 November 2025 Spotify refuses it for every app, on a
 * page that does not redirect (https://developer.spotify.com/documentation/web-api/concepts/redirect_uri).
 */
export function checkRedirectUri(redirectUri: string, endpoint = endpointsAt().authorize): void {
  const isLocalhost = /^https?:\/\/localhost(?=[:/?#]|$)/i.test(redirectUri);
  if (!isLocalhost || new URL(endpoint).origin !== SPOTIFY_ACCOUNTS_URL) return;
  const accepted = redirectUri.replace(/localhost/i, '127.0.0.1');
  throw new ConfigurationError(
    `Spotify refuses "localhost" in a redirect URI. Register ${accepted} in your app's settings at ` +
      `https://developer.spotify.com/dashboard, and use it in place of ${redirectUri}.`,
  );
}

/** @throws ConfigurationError unless it is one of RFC 7636 section 4.1. */
export function checkCodeVerifier(codeVerifier: string): void {
  if (/^[\w.~-]{43,128}$/.test(codeVerifier)) return;
  throw new ConfigurationError(
    'A code verifier has 43 to 128 characters: letters, digits and "-._~".',
  );
}
