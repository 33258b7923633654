import { generateRandomState } from 'oauth4webapi';
import type { AuthorizationCode } from '../authorizationCode.ts';
import { authorize, outcomeOf, type PageKind, type SignInOutcome } from '../authorize.ts';
import { plainPage } from './callbackPage.ts';
import { ConfigurationError, ConnectionError } from '../errors.ts';
import { LoopbackServer } from './loopbackServer.ts';
import { openBrowser as openSystemBrowser } from './openBrowser.ts';
import { milliseconds } from '../authProvider.ts';
import type { TokenInfo } from '../tokenInfo.ts';

/** How long the sign-in waits after its callback until the browser's tab has its page. */
const PAGE_LIMIT_MS = 1000;

/** Options of {@link authorizeLocal}. */
export interface AuthorizeLocalOptions {
  /** Random by default. */
  readonly state?: string | undefined;
  /** Makes Spotify show its consent page also to a user who agreed earlier. */
  readonly showDialog?: boolean | undefined;
  /** How long to wait for the callback, in milliseconds; 300 000 (five minutes) by default. */
  readonly timeoutMs?: number | undefined;
  /** Whether to open the user's browser; true by default. */
  readonly openBrowser?: boolean | undefined;
  /** Receives the authorization URL, to print it or to open it in another way. */
  readonly authorizationUrlHandler?: ((url: string) => void | Promise<void>) | undefined;
  /** An abort ends the sign-in. It then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Returns the HTML document that the browser's tab shows after the sign-in. */
  readonly page?: ((kind: PageKind) => string) | undefined;
}

/**
 * Signs a user in on this machine: opens the browser, receives the callback on the loopback redirect
 * URI, exchanges the code and stores the tokens. If the redirect URI names no port, uses a free one.
 * After a callback it settles when the browser's tab has its page, one second later at most.
 * @throws ConfigurationError, before anything is opened, for a redirect URI that is not loopback, an
 * invalid time limit, or `openBrowser: false` without an `authorizationUrlHandler`.
 * @throws ConnectionError when the port is in use or the time runs out. Other errors are those of
 * `parseResponseUrl` and `exchangeCode`.
 */
export async function authorizeLocal(
  auth: AuthorizationCode,
  options: AuthorizeLocalOptions = {},
): Promise<TokenInfo> {
  const { state = generateRandomState(), showDialog } = options;
  const openUrl = urlOpener(options);
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
    const openBrowser = (url: string) => openUrl(url, signal);
    const token = await authorize(auth, server, { state, showDialog, openBrowser, signal });
    outcome = 'signedIn';
    return token;
  } catch (error) {
    outcome = outcomeOf(error, signal);
    if (error !== timeout.reason) throw error;
    throw new ConnectionError(`The sign-in was not completed within ${timeoutMs} ms.`, error);
  } finally {
    void server.close(outcome);
    await server.waitForPage(PAGE_LIMIT_MS);
  }
}

/** Returns a function that brings the user to the authorization URL, unless `signal` has aborted. */
function urlOpener(
  options: AuthorizeLocalOptions,
): (url: string, signal: AbortSignal) => Promise<void> {
  const { openBrowser = true, authorizationUrlHandler } = options;
  if (!openBrowser && !authorizationUrlHandler) {
    throw new ConfigurationError('openBrowser: false needs an authorizationUrlHandler.');
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
      'Spotify refuses "localhost" for apps created since April 2025: register http://127.0.0.1.',
    );
  }
  return redirectUri;
}
