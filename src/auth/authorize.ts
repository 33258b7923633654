import type { AuthorizationCode } from './authorizationCode.ts';
import { AuthorizationDeniedError } from './errors.ts';
import type { TokenInfo } from './tokenInfo.ts';

/** A way back from Spotify's page to us, open for one sign-in. */
export interface CallbackReceiver {
  /** What the authorization request names. */
  readonly redirectUri: string;
  /** The address of the one callback that carries our state. Rejects with the signal's reason. */
  waitForCallback(signal: AbortSignal): Promise<string>;
}

/** How the user gets to Spotify's page. */
export interface Authorization {
  readonly state: string;
  readonly showDialog?: boolean | undefined;
  /** Rejects when the user cannot be sent there, or does not want to. */
  readonly openBrowser: (url: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * One consent, from the page to the stored tokens: the browser opens, the answer is checked, the
 * code exchanged. The receiver listens before, since with an earlier consent Spotify answers
 * without showing a page.
 */
export async function authorize(
  auth: AuthorizationCode,
  receiver: CallbackReceiver,
  { state, showDialog, openBrowser, signal }: Authorization,
): Promise<TokenInfo> {
  const { redirectUri } = receiver;
  const url = await auth.getAuthorizationUrl({ state, showDialog, redirectUri });
  try {
    signal.throwIfAborted();
    const answered = receiver.waitForCallback(signal);
    // The answer may come before the browser counts as opened.
    const callback = await Promise.race([answered, openBrowser(url).then(() => answered)]);
    const code = auth.parseResponseUrl(callback, { expectedState: state });
    return await auth.exchangeCode(code, { signal });
  } finally {
    auth.forgetAuthorizationUrl(state);
  }
}

/**
 * How a sign-in ended, as far as its browser tab is told. `received`: Spotify has answered, and more
 * is not known here. `expired`: it was cancelled, or took too long, after Spotify had answered.
 */
export type SignInOutcome = 'signedIn' | 'received' | 'denied' | 'failed' | 'expired';

/** How a sign-in ended that rejected with `error`, and that `signal` was to end. */
export function outcomeOf(error: unknown, signal: AbortSignal): SignInOutcome {
  if (error instanceof AuthorizationDeniedError) return 'denied';
  return signal.aborted ? 'expired' : 'failed';
}

/**
 * What the browser tab has to say. `used`: another tab brought the answer first. `unknown`: no
 * sign-in of ours waits for this.
 */
export type PageKind = SignInOutcome | 'used' | 'unknown';
