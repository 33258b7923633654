import { unlessAborted } from '../auth/abortable.ts';
import { ConnectionError } from '../auth/errors.ts';

/**
 * How long a call for a token may take, in milliseconds. VS Code makes one call to a provider at a
 * time, so a slow call delays the calls of all extensions.
 */
export const TOKEN_CALL_TIMEOUT_MS = 9500;
/** How long one request to the token endpoint may take within such a call, in milliseconds. */
export const TOKEN_REQUEST_TIMEOUT_MS = 4000;
/** How long a call that signs the user in may take, in milliseconds. */
export const SIGN_IN_CALL_TIMEOUT_MS = 5 * 60 * 1000;
/**
 * How long the user may take on Spotify's page, in milliseconds. State and code verifier live as
 * long.
 */
export const BROWSER_TIMEOUT_MS = 10 * 60 * 1000;

/** A time limit whose clock starts with `begin`. Its signal aborts when time is up. */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #limitMs: number;
  readonly #makeReason: () => Error;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param makeReason Makes the reason that the signal aborts with. */
  constructor(limitMs: number, makeReason: () => Error) {
    this.#limitMs = limitMs;
    this.#makeReason = makeReason;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Starts the clock; a second call changes nothing. */
  begin(): void {
    this.#timer ??= setTimeout(() => this.#controller.abort(this.#makeReason()), this.#limitMs);
  }

  /** Stops the clock: the signal does not abort any more. */
  end(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Settles as `promise` does, or rejects with `makeReason()` after `limitMs` milliseconds. `promise`
 * itself is not cancelled.
 */
export async function within<T>(
  limitMs: number,
  makeReason: () => Error,
  promise: Promise<T>,
): Promise<T> {
  const limit = new TimeLimit(limitMs, makeReason);
  limit.begin();
  try {
    return await unlessAborted(promise, limit.signal);
  } finally {
    limit.end();
  }
}

/** Settles as `promise` does, or rejects with a `ConnectionError` after `timeoutMs` milliseconds. */
export function withTokenTimeout<T>(
  promise: Promise<T>,
  timeoutMs = TOKEN_CALL_TIMEOUT_MS,
): Promise<T> {
  const noAnswer = () => new ConnectionError('Spotify has not answered in time.', undefined);
  return within(timeoutMs, noAnswer, promise);
}
