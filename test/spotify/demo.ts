import type { App } from './apps.ts';
import type { Service } from './service.ts';
import type { User } from './users.ts';

export const DEMO_CLIENT_ID = '5b7ad1e0c4f94a62b83e0d9f6c1a2e74';

/** Adds an app with the redirect URI of the README, and two users. */
export function addDemo(spotify: Service): { app: App; users: User[] } {
  return {
    app: spotify.addApp({
      clientId: DEMO_CLIENT_ID,
      name: 'VS Code',
      redirectUris: ['http://127.0.0.1/callback'],
    }),
    users: [
      spotify.addUser({ id: 'alva', displayName: 'Alva Lind', nowPlaying: 'Gymnopédie No. 1' }),
      spotify.addUser({ id: 'noor', displayName: 'Noor Haddad', product: 'free' }),
    ],
  };
}
