import type { App } from '../apps.ts';
import { Refusal, textAnswer, type Answer } from '../http/answer.ts';
import { parameter } from '../http/request.ts';
import { isSecure, matchesRegistered } from './redirectUri.ts';
import { scopes } from './scopes.ts';

/** The target of the redirect with the result, and the state, which is returned unchanged. */
interface RedirectTarget {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A valid request to the authorize endpoint, about which the user decides. */
export interface AuthorizationRequest extends RedirectTarget {
  readonly app: App;
  readonly scope: readonly string[];
  readonly codeChallenge: string | undefined;
}

/**
 * Checks the query of an authorize request. As long as the redirect URI is not checked, and for an
 * illegal scope, errors are pages.
 *
 * @throws Refusal with the page, or with the redirect to the app
 */
export function readAuthorizationRequest(
  apps: ReadonlyMap<string, App>,
  query: URLSearchParams,
): AuthorizationRequest {
  const app = readApp(apps, query);
  const target = { redirectUri: readRedirectUri(app, query), state: parameter(query, 'state') };
  checkResponseType(query, target);
  const scope = readScope(query);
  const codeChallenge = readCodeChallenge(query, target);
  return { app, ...target, scope, codeChallenge };
}

/** Redirects the browser to the app (RFC 6749 section 4.1.2). */
export function redirectToApp(
  { redirectUri, state }: RedirectTarget,
  result: { code: string } | { error: string },
  separator = redirectUri.includes('?') ? '&' : '?',
): Answer {
  const parameters = new URLSearchParams(result);
  if (state !== undefined) parameters.append('state', state);
  return { status: 302, headers: { Location: redirectUri + separator + parameters.toString() } };
}

/** An error page without a redirect. The app that waits is not told. */
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

function checkResponseType(query: URLSearchParams, target: RedirectTarget): void {
  const responseType = parameter(query, 'response_type');
  if (responseType === 'code') return;
  if (responseType === 'token') {
    // In the fragment, as in all answers of the implicit grant. A server does not receive it.
    throw new Refusal(redirectToApp(target, { error: 'unsupported_response_type' }, '#'));
  }
  // The text is from before the implicit grant ended. The present text is not known.
  throw errorPage('response_type must be code or token');
}

function readScope(query: URLSearchParams): string[] {
  const requested = new Set(query.get('scope')?.split(' ').filter(Boolean));
  if ([...requested].some((name) => !scopes.has(name))) throw errorPage('Illegal scope');
  return [...requested];
}

/**
 * Returns the code challenge; undefined in the flow for apps with a secret. As at Spotify, a malformed
 * challenge fails only at the token endpoint (observed 2021). Spotify’s answer to a method other than
 * S256 is not known; this one follows RFC 7636 section 4.4.1.
 */
function readCodeChallenge(query: URLSearchParams, target: RedirectTarget): string | undefined {
  const challenge = parameter(query, 'code_challenge');
  const method = parameter(query, 'code_challenge_method');
  const isUsable = challenge === undefined ? method === undefined : method === 'S256';
  if (!isUsable) throw new Refusal(redirectToApp(target, { error: 'invalid_request' }));
  return challenge;
}
