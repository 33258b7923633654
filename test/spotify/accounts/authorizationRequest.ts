import type { App } from '../apps.ts';
import { Refusal, textAnswer, type Answer } from '../http/answer.ts';
import { parameter } from '../http/request.ts';
import { isSecure, matchesRegistered } from './redirectUri.ts';
import { scopes } from './scopes.ts';

/** Where the browser goes with the result, and the state that goes along unchanged. */
interface WayBack {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A request to the authorize endpoint that Spotify lets the user decide about. */
export interface AuthorizationRequest extends WayBack {
  readonly app: App;
  readonly scope: readonly string[];
  readonly codeChallenge: string | undefined;
}

/**
 * Checks the query of an authorize request. Until the redirect URI is known to be the app's own,
 * and for an illegal scope too, errors are pages.
 *
 * @throws Refusal with the page, or with the redirect that tells the app.
 */
export function readAuthorizationRequest(
  apps: ReadonlyMap<string, App>,
  query: URLSearchParams,
): AuthorizationRequest {
  const app = readApp(apps, query);
  const wayBack = { redirectUri: readRedirectUri(app, query), state: parameter(query, 'state') };
  checkResponseType(query, wayBack);
  const scope = readScope(query);
  const codeChallenge = readCodeChallenge(query, wayBack);
  return { app, ...wayBack, scope, codeChallenge };
}

/** Sends the browser back to the app (RFC 6749 section 4.1.2). */
export function redirectBack(
  { redirectUri, state }: WayBack,
  result: { code: string } | { error: string },
  separator = redirectUri.includes('?') ? '&' : '?',
): Answer {
  const parameters = new URLSearchParams(result);
  if (state !== undefined) parameters.append('state', state);
  return { status: 302, headers: { Location: redirectUri + separator + parameters.toString() } };
}

/** A page that leaves the browser at Spotify: the waiting app hears nothing. */
export function errorPage(text: string): Refusal {
  return new Refusal(textAnswer(400, text));
}

function readApp(apps: ReadonlyMap<string, App>, query: URLSearchParams): App {
  const clientId = parameter(query, 'client_id');
  if (clientId === undefined) throw errorPage('Missing required parameter: client_id');
  const app = apps.get(clientId);
  if (app === undefined) throw errorPage('INVALID_CLIENT: Failed to get client');
  return app;
}

function readRedirectUri(app: App, query: URLSearchParams): string {
  const requested = parameter(query, 'redirect_uri') ?? '';
  if (!app.redirectUris.some((registered) => matchesRegistered(requested, registered))) {
    throw errorPage('INVALID_CLIENT: Invalid redirect URI');
  }
  if (!isSecure(requested)) throw errorPage('INVALID_CLIENT: Insecure redirect URI');
  return requested;
}

function checkResponseType(query: URLSearchParams, wayBack: WayBack): void {
  const responseType = parameter(query, 'response_type');
  if (responseType === 'code') return;
  if (responseType === 'token') {
    // In the fragment, like every answer to the implicit grant: a server never sees it.
    throw new Refusal(redirectBack(wayBack, { error: 'unsupported_response_type' }, '#'));
  }
  // The text is from before the implicit grant ended; the present one is not known.
  throw errorPage('response_type must be code or token');
}

function readScope(query: URLSearchParams): string[] {
  const requested = new Set(query.get('scope')?.split(' ').filter(Boolean));
  if ([...requested].some((name) => !scopes.has(name))) throw errorPage('Illegal scope');
  return [...requested];
}

/**
 * The code challenge, unchecked as at Spotify: a malformed one fails at the token endpoint (observed
 * 2021). Without one it is the flow for apps with a secret. What Spotify says to a method other than
 * S256 is an open question; this is what RFC 7636 section 4.4.1 says.
 */
function readCodeChallenge(query: URLSearchParams, wayBack: WayBack): string | undefined {
  const challenge = parameter(query, 'code_challenge');
  const method = parameter(query, 'code_challenge_method');
  const isUsable = challenge === undefined ? method === undefined : method === 'S256';
  if (!isUsable) throw new Refusal(redirectBack(wayBack, { error: 'invalid_request' }));
  return challenge;
}
