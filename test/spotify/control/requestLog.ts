import type { Endpoint, Host } from '../http/endpoint.ts';
import type { SpotifyRequest } from '../http/request.ts';
import type { Fault } from './faults.ts';

export interface LoggedRequest extends SpotifyRequest {
  /** When the request was complete, in milliseconds since the epoch, by the stand-in’s clock. */
  readonly at: number;
  readonly host: Host;
  readonly endpoint: Endpoint;
  /** Undefined until the answer, and if the connection was reset instead. */
  status?: number;
  /** The fault that the request met. */
  fault?: Fault | undefined;
  /** Whether the client took the whole answer; undefined until then. */
  isAnswered?: boolean;
  /** The target of the redirect in the answer. */
  location?: string | undefined;
}

/** The requests of clients, the oldest first, including their secrets. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  get all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request);
  }

  /** The requests to an endpoint; with `grantType`, only those with this grant type. */
  to(endpoint: Endpoint, grantType?: string): readonly LoggedRequest[] {
    return this.#requests.filter(
      (request) =>
        request.endpoint === endpoint &&
        (grantType === undefined || request.form.get('grant_type') === grantType),
    );
  }

  count(endpoint: Endpoint, grantType?: string): number {
    return this.to(endpoint, grantType).length;
  }

  clear(): void {
    this.#requests = [];
  }
}
