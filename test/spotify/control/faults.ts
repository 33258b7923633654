import type { OutgoingHttpHeaders } from 'node:http';
import type { Endpoint } from '../http/endpoint.ts';

/** What goes wrong with one request. Ready-made ones are in readyFaults.ts. */
export interface Fault {
  /** The endpoint it waits for; any when absent. */
  readonly on?: Endpoint;
  /** Answers with this status in place of the endpoint, which never sees the request. */
  readonly status?: number;
  /** Only with `status`. No CORS header unless given here, as a 429 of 2026 (observed 2026-07). */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** Real time to pass before anything else happens. */
  readonly delayMs?: number;
  /** Real time to pass after the request took effect and before it is answered. */
  readonly answerDelayMs?: number;
  /** Resets the connection; the endpoint never sees the request. */
  readonly reset?: true;
  /** Resets the connection after the request took effect: a code is used up, a token rotated. */
  readonly loseAnswer?: true;
  /** Breaks the connection off in the middle of the body. */
  readonly truncate?: true;
}

/** Faults waiting for their requests. */
export class Faults {
  #waiting: Fault[] = [];

  /** Faults that have not met a request yet. A test's end is a good time to see that none is left. */
  get waiting(): readonly Fault[] {
    return this.#waiting;
  }

  /** The next `count` matching requests go wrong, after those of earlier calls have. */
  next(count: number, fault: Fault): void {
    this.#waiting.push(...Array<Fault>(count).fill(fault));
  }

  /** Takes the fault meant for a request to this endpoint, if there is one. */
  take(endpoint: Endpoint): Fault | undefined {
    const index = this.#waiting.findIndex(({ on = endpoint }) => on === endpoint);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  clear(): void {
    this.#waiting = [];
  }
}
