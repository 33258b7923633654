import { addDemo, type Spotify, startSpotify } from '../spotify/index.ts';

/** Starts the stand-in at the address at which the extension looks for Spotify. */
export async function startConfiguredSpotify(): Promise<Spotify> {
  const accounts = new URL(configured('SPOTIFY_SDK_ACCOUNTS_URL'));
  const api = new URL(configured('SPOTIFY_SDK_API_URL'));
  const spotify = await startSpotify({
    host: accounts.hostname,
    accountsPort: Number(accounts.port),
    apiPort: Number(api.port),
  });
  resetSpotify(spotify);
  return spotify;
}

/**
 * Makes the stand-in as new: with the demo app and its users, of whom Alva agrees at once. The users
 * keep their account IDs, as VS Code may have stored them.
 */
export function resetSpotify(spotify: Spotify): void {
  spotify.reset();
  const { users } = addDemo(spotify);
  for (const user of users) spotify.addUser({ ...user, accountId: `account-of-${user.id}` });
  spotify.behaviour.consent = { agreeAs: 'alva' };
}

function configured(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`The extension host has no ${variable}.`);
  return value;
}
