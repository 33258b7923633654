import { generateRandomState } from 'oauth4webapi';
import type { AuthorizationCode } from '../authorizationCode.ts';
import { requiredRedirectUri } from '../authorizationUrl.ts';
import { authorize, type CallbackReceiver, outcomeOf, type SignInOutcome } from '../authorize.ts';
import { checkOptions } from '../checkOptions.ts';
import { plainPage } from './callbackPage.ts';
import type { AuthorizeLocalOptions } from './authorizeLocal.ts';
import { ConfigurationError, ConnectionError } from '../errors.ts';
import { LoopbackServer } from './loopbackServer.ts';
import { showConsentPage } from './showConsentPage.ts';
import { readPastedAddress } from './terminalPaste.ts';
import { milliseconds } from '../authProvider.ts';
import type { TokenInfo } from '../tokenInfo.ts';

/** How long the sign-in waits after its callback until the browser's tab has its page. */
const PAGE_LIMIT_MS = 1000;

/** As `authorizeLocal`, which loads this file on first use. */
export async function signInLocally(
  auth: AuthorizationCode,
  options: AuthorizeLocalOptions,
): Promise<TokenInfo> {
  const { state = generateRandomState(), showDialog } = options;
  checkOptions('authorizeLocal', options);
  if (options.openBrowser === false && !options.authorizationUrlHandler) {
    throw new ConfigurationError('openBrowser: false needs an authorizationUrlHandler.');
  }
  const timeoutMs = milliseconds('timeoutMs', options.timeoutMs ?? 300_000);
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const server = await LoopbackServer.listen({
    redirectUri: await usableRedirectUri(auth, state),
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
  let take!: (address: string) => void;
  const pasted = new Promise<string>((resolve) => (take = resolve));
  const readPaste = () => void readPastedAddress({ state, redirectUri, signal: ended }).then(take);
  const waitForCallback = (signal: AbortSignal) =>
    Promise.race([server.waitForCallback(signal), pasted]);
  return { receiver: { redirectUri, waitForCallback }, readPaste };
}

/**
 * Returns the redirect URI, before its port is taken.
 * @throws ConfigurationError if no authorization URL can have it, or `state`.
 */
async function usableRedirectUri(auth: AuthorizationCode, state: string): Promise<string> {
  await auth.getAuthorizationUrl({ state });
  auth.forgetAuthorizationUrl(state);
  return requiredRedirectUri(auth.redirectUri);
}
