import { SpotifyApi } from '@spotify/web-api-ts-sdk';
import * as vscode from 'vscode';
import {
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  type SessionOptions,
  type TokenOptions,
} from '../../../src/adapters/vscode.ts';

const made = new Map<string, ReturnType<typeof adaptersOf>>();

function adaptersOf(scopes: readonly string[], options: SessionOptions) {
  const provider = createAuthProvider(vscode, scopes, options);
  const [fetch, strategy] = [createFetch(provider), createAuthStrategy(provider)];
  return { provider, fetch, strategy, sdk: new SpotifyApi(strategy, { fetch }) };
}

function adapters(name: string): ReturnType<typeof adaptersOf> {
  const found = made.get(name);
  if (!found) throw new Error(`There are no adapters called ${name}.`);
  return found;
}

/** The tasks of a consumer with the adapters. `name` is the test’s name for a set of adapters. */
export const adapterTasks = {
  makeAdapters: (name: string, scopes: readonly string[], options: SessionOptions) => {
    made.set(name, adaptersOf(scopes, options));
  },

  forgetAdapters: () => made.clear(),

  getAccessToken: (name: string, options?: TokenOptions) =>
    adapters(name).provider.getAccessToken(options),

  /** Requests a path of the Web API with the `fetch` of the adapters. */
  fetchApi: async (name: string, path: string) => {
    const response = await adapters(name).fetch(`https://api.spotify.com${path}`);
    return { status: response.status, body: await response.text() };
  },

  /** Requests the user’s profile with Spotify’s SDK. */
  sdkProfile: (name: string) => adapters(name).sdk.currentUser.profile(),

  /** Returns the token that Spotify’s SDK holds; null before its first request. */
  sdkToken: (name: string) => adapters(name).sdk.getAccessToken(),
};
