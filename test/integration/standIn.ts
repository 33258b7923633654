import { addDemo, type Spotify, startSpotify } from '../spotify/index.ts';

/** Starts the stand-in where the extension was told to look for Spotify. */
export async function startConfiguredSpotify(): Promise<Spotify> {
  const accounts = new URL(configured('SPOTIFY_SDK_ACCOUNTS_URL'));
  const api = new URL(configured('SPOTIFY_SDK_API_URL'));
  const spotify = await startSpotify({
    host: accounts.hostname,
    accountsPort: Number(accounts.port),
    apiPort: Number(api.port),
  });
  addDemo(spotify);
  spotify.behaviour.consent = { agreeAs: 'alva' };
  return spotify;
}

function configured(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`The extension host has no ${variable}.`);
  return value;
}
