import { unlessAborted } from '../auth/abortable.ts';

/** A limit that begins when it is told to. Its signal aborts when time is up. */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #limitMs: number;
  readonly #makeReason: () => Error;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param makeReason What the signal aborts with. */
  constructor(limitMs: number, makeReason: () => Error) {
    this.#limitMs = limitMs;
    this.#makeReason = makeReason;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  begin(): void {
    this.#timer ??= setTimeout(() => this.#controller.abort(this.#makeReason()), this.#limitMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** What `promise` brings, or after `limitMs` a rejection; what it then brings is left alone. */
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
