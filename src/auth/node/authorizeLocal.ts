import { generateRandomState } from 'oauth4webapi';
import type { AuthorizationCode } from '../authorizationCode.ts';
import { authorize, outcomeOf, type PageKind, type SignInOutcome } from '../authorize.ts';
import { plainPage } from './callbackPage.ts';
import { ConfigurationError, ConnectionError } from '../errors.ts';
import { LoopbackServer } from './loopbackServer.ts';
import { openBrowser as openSystemBrowser } from './openBrowser.ts';
import { milliseconds } from '../authProvider.ts';
import type { TokenInfo } from '../tokenInfo.ts';

/** How {@link authorizeLocal} goes about it; everything has a default. */
export interface AuthorizeLocalOptions {
  /** Random unless given. */
  readonly state?: string | undefined;
  /** Makes Spotify show its consent page also to those who agreed earlier. */
  readonly showDialog?: boolean | undefined;
  /** How long to wait for the callback, in milliseconds; five minutes. */
  readonly timeoutMs?: number | undefined;
  /** Whether to open the browser; true. */
  readonly openBrowser?: boolean | undefined;
  /** Is given the address to visit: to print it, or to open it in some other way. */
  readonly authorizationUrlHandler?: ((url: string) => void | Promise<void>) | undefined;
  /** Ends the wait at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The HTML document the browser's tab ends on. */
  readonly page?: ((kind: PageKind) => string) | undefined;
}

/**
 * Signs a user in on this machine: opens the browser, takes the callback on the loopback redirect
 * URI, exchanges the code and stores the tokens. A port is taken where the redirect URI names none.
 * @throws ConfigurationError before anything is opened, for a redirect URI that is not loopback, a
 * time limit that makes no sense or nobody who could visit the address; ConnectionError for a port
 * in use, or when time is up. Otherwise as `parseResponseUrl` and `exchangeCode`.
 */
export async function authorizeLocal(
  auth: AuthorizationCode,
  options: AuthorizeLocalOptions = {},
): Promise<TokenInfo> {
  const { state = generateRandomState(), showDialog } = options;
  const visit = visitor(options);
  const timeoutMs = milliseconds('timeoutMs', options.timeoutMs ?? 300_000);
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const server = await LoopbackServer.listen({
    redirectUri: loopbackRedirectUri(auth),
    state,
    page: options.page ?? plainPage,
  });
  let outcome: SignInOutcome = 'failed';
  try {
    const openBrowser = (url: string) => visit(url, signal);
    const token = await authorize(auth, server, { state, showDialog, openBrowser, signal });
    outcome = 'signedIn';
    return token;
  } catch (error) {
    outcome = outcomeOf(error, signal);
    if (error !== timeout.reason) throw error;
    throw new ConnectionError(`The sign-in was not completed within ${timeoutMs} ms.`, error);
  } finally {
    void server.close(outcome);
  }
}

/** What brings the user to the address, unless the sign-in is over before. */
function visitor(
  options: AuthorizeLocalOptions,
): (url: string, signal: AbortSignal) => Promise<void> {
  const { openBrowser = true, authorizationUrlHandler } = options;
  if (!openBrowser && !authorizationUrlHandler) {
    throw new ConfigurationError('Without a browser an authorizationUrlHandler is needed.');
  }
  return async (url, signal) => {
    await authorizationUrlHandler?.(url);
    if (openBrowser && !signal.aborted) await openSystemBrowser(url);
  };
}

/** https://developer.spotify.com/documentation/web-api/concepts/redirect_uri */
function loopbackRedirectUri({ redirectUri }: AuthorizationCode): string {
  if (!redirectUri) {
    throw new ConfigurationError(
      'A redirect URI is needed: pass redirectUri or set SPOTIFY_SDK_REDIRECT_URI.',
    );
  }
  if (/^http:\/\/localhost:\d+(?=\/|$)/i.test(redirectUri)) {
    process.emitWarning(
      'Spotify refuses "localhost" for apps made since April 2025: register http://127.0.0.1.',
    );
  }
  return redirectUri;
}
