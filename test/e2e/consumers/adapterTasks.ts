import { SpotifyApi } from '@spotify/web-api-ts-sdk';
import * as vscode from 'vscode';
import {
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  type SessionOptions,
} from '../../../src/adapters/vscode.ts';

const made = new Map<string, ReturnType<typeof adaptersOf>>();

function adaptersOf(scopes: readonly string[], options: SessionOptions) {
  const provider = createAuthProvider(vscode, scopes, options);
  const [fetch, strategy] = [createFetch(provider), createAuthStrategy(provider)];
  return { provider, fetch, strategy, sdk: new SpotifyApi(strategy, { fetch }) };
}

function adapters(name: string): ReturnType<typeof adaptersOf> {
  const found = made.get(name);
  if (!found) throw new Error(`Nothing was made that is called ${name}.`);
  return found;
}

/** What a consumer can be told to do with the adapters: a set of them, by a name of the test's. */
export const adapterTasks = {
  makeAdapters: (name: string, scopes: readonly string[], options: SessionOptions) => {
    made.set(name, adaptersOf(scopes, options));
  },

  forgetAdapters: () => made.clear(),

  getAccessToken: (name: string) => adapters(name).provider.getAccessToken(),

  /** What a path of the Web API answers. */
  fetchApi: async (name: string, path: string) => {
    const response = await adapters(name).fetch(`https://api.spotify.com${path}`);
    return { status: response.status, body: await response.text() };
  },

  /** Who is signed in, by Spotify's SDK. */
  sdkProfile: (name: string) => adapters(name).sdk.currentUser.profile(),

  /** What Spotify's SDK says that its token is; null before its first request. */
  sdkToken: (name: string) => adapters(name).sdk.getAccessToken(),
};
