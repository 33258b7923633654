import type { AuthorizationCode } from '../authorizationCode.ts';
import type { PageKind } from '../authorize.ts';
import type { TokenInfo } from '../tokenInfo.ts';
import type { ConsentPageOptions } from './showConsentPage.ts';

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
  /**
   * Returns the HTML document that the browser's tab shows after the sign-in. One sentence by default, and
   * also if it throws or returns no string: then the process gets a warning.
   */
  readonly page?: ((kind: PageKind) => string) | undefined;
}

/**
 * Signs a user in on this machine: opens the browser, receives the callback on the loopback redirect
 * URI (or its address by a paste, see the option `paste`), exchanges the code and stores the tokens. If
 * the redirect URI names no port, uses a free one. After a callback, the promise settles when the
 * browser's tab has its page, one second later at most. Rejects with the error of
 * `authorizationUrlHandler`, too.
 * @param auth Its redirect URI is a loopback one, such as `http://127.0.0.1/callback`.
 * @throws {@link ConfigurationError}, before anything is opened, for a redirect URI that is not loopback or
 * has `localhost`, which Spotify refuses, an invalid time limit or `paste`, or `openBrowser: false` without an
 * `authorizationUrlHandler`.
 * @throws {@link ConnectionError} when the port is in use or the time runs out. Other errors are those of
 * {@link AuthorizationCode.parseResponseUrl} and {@link AuthorizationCode.exchangeCode}.
 */
export async function authorizeLocal(
  auth: AuthorizationCode,
  options: AuthorizeLocalOptions = {},
): Promise<TokenInfo> {
  // Loaded on first use: a program whose cache has a token needs no server.
  const { signInLocally } = await import('./localSignIn.ts');
  return signInLocally(auth, options);
}
