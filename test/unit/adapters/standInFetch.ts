import type { AuthProvider } from '../../../src/adapters/vscode.ts';
import type { Spotify } from '../../spotify/index.ts';

export const API = 'https://api.spotify.com';

/** Returns a `fetch` that sends requests for https://api.spotify.com to the stand-in, and no others. */
export function standInFetch(spotify: Spotify, fetch = globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = request.url.replace(API, spotify.apiUrl);
    return fetch(url === request.url ? request : new Request(url, request));
  };
}

/** A provider that returns one token until `renew` is called. It counts the calls. */
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
