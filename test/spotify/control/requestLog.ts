import type { Endpoint, Host } from '../http/endpoint.ts';
import type { SpotifyRequest } from '../http/request.ts';

export interface LoggedRequest extends SpotifyRequest {
  /** When it had arrived completely, by the stand-in's clock. */
  readonly at: number;
  readonly host: Host;
  readonly endpoint: Endpoint;
  /** Undefined until answered, and for good when the connection was cut instead. */
  status?: number;
  /** Where the answer sends the browser. */
  location?: string | undefined;
}

/** What clients have asked, oldest first, secrets included. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  get all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request);
  }

  /** The requests to one endpoint; for the token endpoint, if wanted, those with one grant type. */
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
