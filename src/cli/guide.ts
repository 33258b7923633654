import { AuthorizationCode } from '../auth/authorizationCode.ts';
import { isInvalidClient } from '../auth/errors.ts';
import { CommandError, EXIT } from './failure.ts';
import { tell } from './output.ts';
import { ask, isInteractive } from './prompt.ts';
import type { Settings } from './settings.ts';

/** How long Spotify may take to say whether it knows a client ID, in milliseconds. */
const TIMEOUT_MS = 5000;

const steps = (redirectUri: string) => `
A Spotify app can serve only five users, so you need your own. Its owner needs Spotify Premium.

  1. Create an app: https://developer.spotify.com/dashboard/create
  2. Copy this redirect URI into its settings, and save:

       ${redirectUri}

  3. Add your account under User Management, also if the app is yours.
  4. Copy the client ID from the app's page. You do not need the client secret.
`;

/**
 * Leads the user to a client ID. One that looks unusual, or that Spotify does not know, is accepted when
 * the user presses Enter at the next question.
 * @throws CommandError without a terminal.
 */
export async function askForClientId(settings: Settings, signal: AbortSignal): Promise<string> {
  if (!isInteractive()) {
    throw new CommandError(
      'A client ID is needed: pass --client-id or set SPOTIFY_SDK_CLIENT_ID.',
      EXIT.usage,
      'Run spotify-auth login in a terminal to be led to one.',
    );
  }
  tell(steps(settings.redirectUri));
  for (let doubtful = ''; ;) {
    const clientId = await ask('Client ID: ', { signal });
    if (!clientId && doubtful) return doubtful;
    if (!clientId) continue;
    const doubt = await doubtAbout(clientId, settings, signal);
    if (!doubt) return clientId;
    tell(`${doubt} Paste the right one, or press Enter to use it anyway.`);
    doubtful = clientId;
  }
}

async function doubtAbout(clientId: string, settings: Settings, signal: AbortSignal) {
  if (!/^[\da-f]{32}$/.test(clientId)) {
    return 'This does not look like a client ID, which has 32 characters, 0 to 9 and a to f.';
  }
  if (await isKnown(clientId, settings, signal)) return undefined;
  return 'Spotify does not know this client ID.';
}

/** Asks the token endpoint by a code that Spotify never issued. True also if there is no answer. */
async function isKnown(clientId: string, { redirectUri, servers }: Settings, signal: AbortSignal) {
  const auth = new AuthorizationCode({
    clientId,
    clientSecret: null,
    redirectUri,
    endpoints: servers.accounts,
    timeoutMs: TIMEOUT_MS,
    maxRetries: 0,
  });
  const question = { codeVerifier: 'x'.repeat(43), signal };
  try {
    await auth.exchangeCode('no-code-only-a-question-about-the-client-id', question);
  } catch (error) {
    signal.throwIfAborted();
    return !isInvalidClient(error);
  }
  return true;
}
