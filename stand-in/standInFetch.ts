/** The addresses of a stand-in. */
export interface Addresses {
  readonly accountsUrl: string;
  readonly apiUrl: string;
}

/**
 * Returns a `fetch` that sends requests for Spotify’s two hosts to a stand-in, and all others where they
 * belong. The links in the answers name Spotify’s host.
 *
 * @param send the `fetch` that it uses, by default that of now
 */
export function createStandInFetch(
  { accountsUrl, apiUrl }: Addresses,
  send: typeof fetch = globalThis.fetch,
): typeof fetch {
  const targets = new Map([
    ['https://accounts.spotify.com', accountsUrl],
    ['https://api.spotify.com', apiUrl],
  ]);
  return async (input, init) => {
    const request = new Request(input, init);
    const { origin, host } = new URL(request.url);
    const target = targets.get(origin);
    if (target === undefined) return send(request);
    const redirected = new Request(target + request.url.slice(origin.length), request);
    redirected.headers.set('X-Forwarded-Host', host);
    return send(redirected);
  };
}
