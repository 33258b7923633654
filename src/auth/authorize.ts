import type { AuthorizationCode } from './authorizationCode.ts';
import { AuthorizationDeniedError } from './errors.ts';
import type { TokenInfo } from './tokenInfo.ts';

/** Receives the callback of one sign-in: Spotify's redirect back, with the response. */
export interface CallbackReceiver {
  /** The `redirect_uri` of the authorization request. */
  readonly redirectUri: string;
  /** Returns the URL of the callback with our state. Rejects with the signal's reason on an abort. */
  waitForCallback(signal: AbortSignal): Promise<string>;
}

/** Options of {@link authorize}. */
interface Authorization {
  readonly state: string;
  readonly showDialog?: boolean | undefined;
  /** Opens Spotify's consent page. Rejects if that fails, or if the user declines. */
  readonly openBrowser: (url: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Signs a user in: opens the browser, waits for the callback, checks it and exchanges its code.
 * Resolves when the tokens are stored. The receiver must listen already: after an earlier consent,
 * Spotify answers without showing a page.
 */
export async function authorize(
  auth: AuthorizationCode,
  receiver: CallbackReceiver,
  authorization: Authorization,
): Promise<TokenInfo> {
  const code = await requestCode(auth, receiver, authorization);
  return auth.exchangeCode(code, { signal: authorization.signal });
}

/** Does the same up to the code, which `auth` can exchange. */
export async function requestCode(
  auth: AuthorizationCode,
  receiver: CallbackReceiver,
  { state, showDialog, openBrowser, signal }: Authorization,
): Promise<string> {
  const { redirectUri } = receiver;
  const url = await auth.getAuthorizationUrl({ state, showDialog, redirectUri });
  try {
    signal.throwIfAborted();
    const answered = receiver.waitForCallback(signal);
    // The callback may arrive before `openBrowser` resolves.
    const callback = await Promise.race([answered, openBrowser(url).then(() => answered)]);
    return auth.parseResponseUrl(callback, { expectedState: state });
  } finally {
    auth.forgetAuthorizationUrl(state);
  }
}

/**
 * The outcome of a sign-in, for its browser tab. `received`: Spotify has answered, but this program
 * does not know the outcome. `expired`: the sign-in was cancelled or timed out.
 */
export type SignInOutcome = 'signedIn' | 'received' | 'denied' | 'failed' | 'expired';

/** Returns the outcome of a sign-in that failed with `error`. `signal` is the sign-in's own. */
export function outcomeOf(error: unknown, signal: AbortSignal): SignInOutcome {
  if (error instanceof AuthorizationDeniedError) return 'denied';
  return signal.aborted ? 'expired' : 'failed';
}

/**
 * The page that the browser tab shows. `used`: the callback arrived in another tab first. `unknown`:
 * no sign-in waits for this callback.
 */
export type PageKind = SignInOutcome | 'used' | 'unknown';
