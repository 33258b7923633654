import { type AuthenticationError, isInvalidGrant } from './errors.ts';
import type { TokenInfo } from './tokenInfo.ts';

/**
 * How long a refusal is remembered, in milliseconds. Spotify has refused good refresh tokens during outages
 * (metabrainz/listenbrainz-server#3766), so a refusal is not final.
 */
const REMEMBERED_MS = 3_600_000;

/**
 * The last token whose refresh token Spotify has refused with `invalid_grant`; undefined if it was the one of
 * the options. It stays where it is, since the refusal may be false, but every call would send it again.
 */
export class RememberedRefusal {
  #token: TokenInfo | undefined;
  /** Undefined if there was no refusal. */
  #error: AuthenticationError | undefined;
  /** In milliseconds since the epoch. */
  #at = 0;

  /** Throws the error with which Spotify refused this token within the last hour. */
  throwIfRefused(token: TokenInfo | undefined): void {
    if (!this.#error || !isSame(token, this.#token)) return;
    // After the clock was set back, the time of the refusal may be in the future.
    if (Math.abs(Date.now() - this.#at) < REMEMBERED_MS) throw this.#error;
  }

  /** Remembers `error` if it says that the refresh token of `token`, or of the options, is invalid. */
  remember(token: TokenInfo | undefined, error: unknown): void {
    if (!isInvalidGrant(error)) return;
    this.#token = token;
    this.#error = error;
    this.#at = Date.now();
  }

  forget(): void {
    this.#error = undefined;
  }
}

/** Another access token beside the same refresh token shows that Spotify accepts that one again. */
function isSame(token: TokenInfo | undefined, other: TokenInfo | undefined): boolean {
  return token?.refreshToken === other?.refreshToken && token?.accessToken === other?.accessToken;
}
