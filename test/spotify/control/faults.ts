import type { OutgoingHttpHeaders } from 'node:http';
import { ENDPOINTS, type Endpoint } from '../http/endpoint.ts';

/** A fault of one request. Faults that Spotify has shown are in readyFaults.ts. */
export interface Fault {
  /** The endpoint of the request; by default any. */
  readonly on?: Endpoint;
  /** The status of the answer. The request does not reach the endpoint. */
  readonly status?: number;
  /** Only with `status`. Without a CORS header here, there is none, as in a 429 (observed 2026-07). */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** A delay in real time before the endpoint receives the request. */
  readonly delayMs?: number;
  /** A delay in real time after the request has taken effect, before the answer. */
  readonly answerDelayMs?: number;
  /** Resets the connection. The request does not reach the endpoint. */
  readonly reset?: true;
  /** Resets the connection after the request has taken effect: a code is used, a token rotated. */
  readonly loseAnswer?: true;
  /** Closes the connection in the middle of the body. */
  readonly truncate?: true;
}

/** The faults of future requests. */
export class Faults {
  #waiting: Fault[] = [];

  /** The faults without a request so far. At its end a test can check that none is left. */
  get waiting(): readonly Fault[] {
    return this.#waiting;
  }

  /**
   * Makes the next `count` matching requests fail, after the faults of earlier calls.
   *
   * @throws Error if there is no such endpoint, which only TypeScript would find
   */
  next(count: number, fault: Fault): void {
    const { on } = fault;
    if (on !== undefined && !ENDPOINTS.includes(on)) {
      throw new Error(`Unknown endpoint "${on}". Known: ${ENDPOINTS.join(', ')}.`);
    }
    this.#waiting.push(...Array<Fault>(count).fill(fault));
  }

  /** Removes and returns the next fault for this endpoint; undefined if there is none. */
  take(endpoint: Endpoint): Fault | undefined {
    const index = this.#waiting.findIndex(({ on = endpoint }) => on === endpoint);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  clear(): void {
    this.#waiting = [];
  }
}
