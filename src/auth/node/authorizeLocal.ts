import { generateRandomState } from 'oauth4webapi';
import type { AuthorizationCode } from '../authorizationCode.ts';
import {
  authorize,
  type CallbackReceiver,
  outcomeOf,
  type PageKind,
  type SignInOutcome,
} from '../authorize.ts';
import { plainPage } from './callbackPage.ts';
import { ConfigurationError, ConnectionError } from '../errors.ts';
import { LoopbackServer } from './loopbackServer.ts';
import { type ConsentPageOptions, showConsentPage } from './showConsentPage.ts';
import { readPastedAddress } from './terminalPaste.ts';
import { milliseconds } from '../authProvider.ts';
import type { TokenInfo } from '../tokenInfo.ts';

/** How long the sign-in waits after its callback until the browser's tab has its page. */
const PAGE_LIMIT_MS = 1000;

/** Options of {@link authorizeLocal}. */
export interface AuthorizeLocalOptions extends ConsentPageOptions {
  /** Random by default. */
  readonly state?: string | undefined;
  /** Makes Spotify show its consent page also to a user who agreed earlier. */
  readonly showDialog?: boolean | undefined;
  /** How long to wait for the callback, in milliseconds; 300 000 (five minutes) by default. */
  readonly timeoutMs?: number | undefined;
  /** An abort ends the sign-in. It then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Returns the HTML document that the browser's tab shows after the sign-in. */
  readonly page?: ((kind: PageKind) => string) | undefined;
}

/**
 * Signs a user in on this machine: opens the browser, receives the callback on the loopback redirect
 * URI (or its address by a paste, see the option `paste`), exchanges the code and stores the tokens. If the redirect URI names no port, uses a free one.
 * After a callback it settles when the browser's tab has its page, one second later at most.
 * @throws ConfigurationError, before anything is opened, for a redirect URI that is not loopback, an
 * invalid time limit or `paste`, or `openBrowser: false` without an `authorizationUrlHandler`.
 * @throws ConnectionError when the port is in use or the time runs out. Other errors are those of
 * `parseResponseUrl` and `exchangeCode`.
 */
export async function authorizeLocal(
  auth: AuthorizationCode,
  options: AuthorizeLocalOptions = {},
): Promise<TokenInfo> {
  const { state = generateRandomState(), showDialog } = options;
  checkOptions(options);
  const timeoutMs = milliseconds('timeoutMs', options.timeoutMs ?? 300_000);
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const server = await LoopbackServer.listen({
    redirectUri: loopbackRedirectUri(auth),
    state,
    page: options.page ?? plainPage,
  });
  const over = new AbortController();
  let outcome: SignInOutcome = 'failed';
  try {
    const ended = AbortSignal.any([signal, over.signal]);
    const { receiver, readPaste } = withPaste(server, state, ended);
    const openBrowser = (url: string) => showConsentPage(url, options, readPaste, ended);
    const token = await authorize(auth, receiver, { state, showDialog, openBrowser, signal });
    outcome = 'signedIn';
    return token;
  } catch (error) {
    outcome = outcomeOf(error, signal);
    if (error !== timeout.reason) throw error;
    throw new ConnectionError(`The sign-in was not completed within ${timeoutMs} ms.`, error);
  } finally {
    over.abort();
    void server.close(outcome);
    await server.waitForPage(PAGE_LIMIT_MS);
  }
}

/**
 * Returns a receiver of the answer that comes first: the server's callback, or the address that the user
 * pastes after a call of `readPaste`.
 */
function withPaste(
  server: LoopbackServer,
  state: string,
  ended: AbortSignal,
): { receiver: CallbackReceiver; readPaste: () => void } {
  const { redirectUri } = server;
  let readPaste = (): void => undefined;
  const pasted = new Promise<string>((resolve) => {
    readPaste = () => void readPastedAddress({ state, redirectUri, signal: ended }).then(resolve);
  });
  const waitForCallback = (signal: AbortSignal) =>
    Promise.race([server.waitForCallback(signal), pasted]);
  return { receiver: { redirectUri, waitForCallback }, readPaste };
}

/** @throws ConfigurationError for options that bring the user nowhere, or are unknown. */
function checkOptions({ openBrowser = true, authorizationUrlHandler, paste }: ConsentPageOptions) {
  if (!openBrowser && !authorizationUrlHandler) {
    throw new ConfigurationError('openBrowser: false needs an authorizationUrlHandler.');
  }
  if (![undefined, 'auto', true, false].includes(paste)) {
    throw new ConfigurationError("paste must be 'auto', true or false.");
  }
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
