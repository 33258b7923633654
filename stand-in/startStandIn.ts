import { scopes } from '../test/spotify/accounts/scopes.ts';
import { DEMO_CLIENT_ID, startSpotify, type App, type Spotify } from '../test/spotify/index.ts';
import { startControlServer } from './controlServer.ts';
import { checkData } from './data.ts';
import { StandInEditor } from './editor.ts';
import { fill, findUser } from './fill.ts';
import { checkRedirectUris } from './redirectUris.ts';
import type { Controls, StandIn, StandInOptions } from './standIn.ts';
import { createStandInFetch } from './standInFetch.ts';

/** The default of the client secret. Nothing but the stand-in accepts it. */
const CLIENT_SECRET = '0f3c8b5d9e7a41628b1d6c2f4a0e9537';

/**
 * Starts a stand-in for Spotify on loopback.
 *
 * @throws Error if the options are wrong, or a port is in use
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { host = '127.0.0.1', accountsPort = 0, apiPort = 0, controlPort = 0 } = options;
  const { users, tracks, playlists } = options;
  // Members that are undefined count as missing.
  checkData(JSON.parse(JSON.stringify({ users, tracks, playlists })));
  checkRedirectUris(options.redirectUris ?? []);
  const spotify = await startSpotify({ host, accountsPort, apiPort });
  try {
    const controls = createControls(spotify, options);
    controls.reset();
    const close = async () => {
      await Promise.all([spotify.close(), server.close()]);
    };
    const server = await startControlServer({ controls, spotify, close }, host, controlPort);
    return Object.assign(controls, { controlUrl: server.origin, close });
  } catch (error) {
    await spotify.close();
    throw error;
  }
}

function createControls(spotify: Spotify, options: StandInOptions): Controls {
  const { clientId = DEMO_CLIENT_ID, clientSecret = CLIENT_SECRET, agreeAs } = options;
  const redirectUris = [...(options.redirectUris ?? ['http://127.0.0.1/callback'])];
  const { accountsUrl, apiUrl, behaviour, clock, faults, requests, tokens } = spotify;
  let app: App;
  const controls: Controls = {
    ...{ accountsUrl, apiUrl, clientId, clientSecret, behaviour, clock, faults, requests },
    env: {
      SPOTIFY_SDK_ACCOUNTS_URL: accountsUrl,
      SPOTIFY_SDK_API_URL: apiUrl,
      SPOTIFY_SDK_CLIENT_ID: clientId,
      SPOTIFY_SDK_CLIENT_SECRET: clientSecret,
      SPOTIFY_SDK_REDIRECT_URI: redirectUris[0] ?? '',
    },
    get app() {
      return app;
    },
    fetch: createStandInFetch({ accountsUrl, apiUrl }),
    user: (id) => findUser(spotify, id),
    issueTokens(userId, scope = []) {
      const unknown = scope.find((name) => !scopes.has(name));
      if (unknown !== undefined) throw new Error(`There is no scope "${unknown}".`);
      const issued = tokens.issue(findUser(spotify, userId), app, scope);
      return { ...issued, expiresIn: behaviour.expiresIn };
    },
    editor: (userId) => new StandInEditor(controls, findUser(spotify, userId).id),
    expireAccessTokens: () => tokens.expireAccessTokens(),
    revoke: (userId) => tokens.revoke(findUser(spotify, userId), app),
    reset() {
      spotify.reset();
      app = spotify.addApp({ clientId, clientSecret, redirectUris: [...redirectUris] });
      fill(spotify, options);
      if (agreeAs !== undefined) behaviour.consent = { agreeAs: findUser(spotify, agreeAs).id };
    },
  };
  return controls;
}
