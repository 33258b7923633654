import assert from 'node:assert/strict';
import { NoSessionError } from '../../../src/adapters/vscode.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';

/** A stand-in with an app and a user. */
export interface AdapterScene {
  readonly spotify: Spotify;
  readonly app: App;
  readonly alva: User;
}

export async function openScene(): Promise<AdapterScene> {
  const spotify = await startSpotify();
  const app = spotify.addApp({ redirectUris: [] });
  const alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  return { spotify, app, alva };
}

/** The expected error, for `assert.rejects`. */
export function isNoSession(error: Error): true {
  assert.ok(error instanceof NoSessionError);
  assert.equal(error.name, 'NoSessionError');
  return true;
}
