import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { startSpotify, type App, type Spotify, type User } from '../../spotify/index.ts';

/** A loopback redirect URI with the port of a sign-in. The app lists it without the port. */
export const REDIRECT_URI = 'http://127.0.0.1:4711/callback';
export const VERIFIER = 'a-code-verifier-with-forty-three-characters';
export const CHALLENGE = challengeOf(VERIFIER);

/** Returns the code challenge of a verifier (RFC 7636 section 4.2, method S256). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

export interface Scene {
  spotify: Spotify;
  app: App;
  alva: User;
}

/** Starts a stand-in with one app and one user, who agrees at once. */
export async function setScene(): Promise<Scene> {
  const spotify = await startSpotify();
  const app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
  const alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  spotify.behaviour.consent = { agreeAs: alva.id };
  return { spotify, app, alva };
}

/** Requests the authorize endpoint as a PKCE client does; `undefined` leaves a parameter out. */
export function authorize(
  { spotify, app }: Pick<Scene, 'spotify' | 'app'>,
  changes: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const query = form({
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  });
  return fetch(`${spotify.accountsUrl}/authorize?${query.toString()}`, {
    redirect: 'manual',
    headers,
  });
}

/** Asserts that an answer redirects, and returns its target. */
export function location(response: Response): URL {
  assert.equal(response.status, 302);
  return new URL(response.headers.get('location') ?? '');
}

export async function obtainCode(scene: Scene, changes = {}): Promise<string> {
  const code = location(await authorize(scene, changes)).searchParams.get('code');
  assert.ok(code);
  return code;
}

/** The parameters of a PKCE code exchange. */
export function exchange({ app }: Scene, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: app.clientId,
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: VERIFIER,
  };
}

/** The parameters of a PKCE refresh. */
export function refreshing({ app }: Scene, refreshToken: string): Record<string, string> {
  return { grant_type: 'refresh_token', client_id: app.clientId, refresh_token: refreshToken };
}

/** Sends a request to the token endpoint; `undefined` leaves a parameter out. */
export function requestToken(
  { spotify }: Pick<Scene, 'spotify'>,
  parameters: Record<string, string | undefined>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = form(parameters);
  return fetch(`${spotify.accountsUrl}/api/token`, { method: 'POST', headers, body });
}

export interface TokenAnswer {
  access_token: string;
  token_type: string;
  expires_in: number;
  refresh_token?: string;
  scope?: string;
}

/** Sends a request to the token endpoint, and asserts that it succeeds. */
export async function obtainToken(
  scene: Pick<Scene, 'spotify'>,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const response = await requestToken(scene, parameters, headers);
  const body = await response.text();
  assert.equal(response.status, 200, body);
  return JSON.parse(body) as TokenAnswer;
}

/** Returns the status and the exact text of a refusal. */
export async function refusal(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, await response.text()];
}

export function basic(clientId: string, clientSecret: string): { authorization: string } {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return { authorization: `Basic ${credentials}` };
}

/** Sends a request to the Web API, with a bearer token if one is given. */
export function get({ spotify }: Pick<Scene, 'spotify'>, path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(spotify.apiUrl + path, { headers });
}

function form(parameters: Record<string, string | undefined>): URLSearchParams {
  const given = Object.entries(parameters).filter((entry) => entry[1] !== undefined);
  return new URLSearchParams(given as [string, string][]);
}

/** Sends a request to the Web API with a JSON body, and returns the status and the parsed answer. */
export async function send(
  { spotify }: Pick<Scene, 'spotify'>,
  [method, path]: [method: string, path: string],
  token: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(spotify.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
