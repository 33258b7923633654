import type { Controls } from './standIn.ts';

const TOKEN_ENDPOINT = 'https://accounts.spotify.com/api/token';
const A_MINUTE_MS = 60_000;

/** Sends a request of the editor for a token. Returns undefined if Spotify cannot be reached. */
export async function requestToken(
  { fetch }: Controls,
  form: Readonly<Record<string, string>>,
): Promise<Response | undefined> {
  const body = new URLSearchParams(form);
  return fetch(TOKEN_ENDPOINT, { method: 'POST', body }).catch(() => undefined);
}

/**
 * Whether a token is valid for less than a minute, so that the editor requests another one.
 *
 * @param expiresAt in milliseconds since the epoch, by the clock of the stand-in
 */
export function endsSoon({ clock }: Controls, expiresAt: number): boolean {
  return expiresAt - clock.now() < A_MINUTE_MS;
}
