import type { AuthProvider } from '../../../src/adapters/vscode.ts';
import type { Spotify } from '../../spotify/index.ts';

export const API = 'https://api.spotify.com';

/** A `fetch` for which https://api.spotify.com is the stand-in; every other origin is as it is. */
export function standInFetch(spotify: Spotify, fetch = globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = request.url.replace(API, spotify.apiUrl);
    return fetch(url === request.url ? request : new Request(url, request));
  };
}

/** Hands out one token until it is told to renew it; counts what it is asked for. */
export class CountingProvider implements AuthProvider {
  asked = 0;
  renewals = 0;
  readonly #newToken: () => string;
  #token: string;

  constructor(newToken: () => string) {
    this.#newToken = newToken;
    this.#token = newToken();
  }

  getAccessToken(): Promise<string> {
    this.asked++;
    return Promise.resolve(this.#token);
  }

  renew(): Promise<void> {
    this.renewals++;
    this.#token = this.#newToken();
    return Promise.resolve();
  }
}
