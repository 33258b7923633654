import { SpotifyApi } from '@spotify/web-api-ts-sdk';
import * as vscode from 'vscode';
import {
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  type SessionOptions,
} from '../../../src/adapters/vscode.ts';

type SessionAuthProvider = ReturnType<typeof createAuthProvider>;

const providers = new Map<string, SessionAuthProvider>();

function provider(name: string): SessionAuthProvider {
  const found = providers.get(name);
  if (!found) throw new Error(`There is no provider ${name}.`);
  return found;
}

/** What a consumer can be told to do with the adapters, each with a provider that has a name. */
export const adapterTasks = {
  createProvider: (name: string, scopes: readonly string[], options: SessionOptions) => {
    providers.set(name, createAuthProvider(vscode, scopes, options));
  },

  getAccessToken: (name: string) => provider(name).getAccessToken(),

  /** Through `createFetch`, what a path of the Web API answers. */
  fetchApi: async (name: string, path: string) => {
    const response = await createFetch(provider(name))(`https://api.spotify.com${path}`);
    return { status: response.status, body: await response.text() };
  },

  /** Through Spotify's SDK, on `createFetch`, who is signed in. */
  sdkProfile: (name: string) => {
    const strategy = createAuthStrategy(provider(name));
    return new SpotifyApi(strategy, { fetch: createFetch(provider(name)) }).currentUser.profile();
  },

  /** What Spotify's SDK gets where nobody is to be asked. */
  sdkToken: (name: string) => createAuthStrategy(provider(name)).getAccessToken(),
};
