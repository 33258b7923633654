import { defaultFetch } from '#defaultFetch';
import { createFetch } from '../adapters/fetch.ts';
import type { AuthProvider } from '../auth/authProvider.ts';
import { ConnectionError, RateLimitError, ServerError, SpotifyAuthError } from '../auth/errors.ts';
import { ProxyConnectionError } from '../auth/transport.ts';
import { CommandError, EXIT } from './failure.ts';
import { type Servers, SPOTIFY_API } from './servers.ts';

/** Time limit of a request with its answer, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** A complete answer of the Web API. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Seconds that Spotify asks to wait; undefined if the answer does not say. */
  readonly retryAfter: number | undefined;
}

/** What is requested. */
interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
}

/** What a request is made with. */
export interface WebApi {
  readonly provider: AuthProvider;
  readonly servers: Servers;
  readonly signal: AbortSignal;
}

/**
 * Makes a request to a URL of https://api.spotify.com. Renews the token once after a 401, and waits for
 * ten seconds at most after a 429. Returns redirects, since the token is for this origin only.
 * @throws ConnectionError when there is no complete answer in time.
 */
export async function request(
  url: string,
  sent: Sent,
  { provider, servers, signal }: WebApi,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const { host } = new URL(servers.apiUrl);
  const failed = (error: unknown): never => {
    throw timeout.aborted ? error : connectionError(error, host);
  };
  const send = (target: string, init: RequestInit = {}) =>
    defaultFetch(
      target.replace(SPOTIFY_API, () => servers.apiUrl),
      init,
    ).catch(failed);
  const spotifyFetch = createFetch(provider, { fetch: send as typeof globalThis.fetch });
  try {
    const response = await spotifyFetch(url, {
      ...sent,
      body: sent.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    const seconds = Number(response.headers.get('Retry-After') ?? NaN);
    const retryAfter = Number.isNaN(seconds) ? undefined : seconds;
    return { status: response.status, text: await response.text().catch(failed), retryAfter };
  } catch (error) {
    throw timeout.aborted
      ? connectionError(error, host, `no complete answer within ${TIMEOUT_MS} ms`)
      : error;
  }
}

/** An error of the library, such as for a proxy that it cannot use, stays as it is. */
function connectionError(
  cause: unknown,
  host: string,
  reason = 'the connection failed',
): SpotifyAuthError {
  if (cause instanceof SpotifyAuthError) return cause;
  const why = cause instanceof ProxyConnectionError ? cause.message : reason;
  return new ConnectionError(`Cannot reach ${host}: ${why}.`, cause);
}

/**
 * Throws the error for an answer that is no success.
 * @param login The command that signs in again.
 */
export function throwUnlessSuccess({ status, text, retryAfter }: Answer, login: string): void {
  if (status >= 200 && status < 300) return;
  const reason = reasonIn(text);
  const message = `Spotify answered with HTTP status ${status}${reason ? `: ${reason}` : ''}`;
  if (status >= 500) throw new ServerError(message, status);
  if (status === 429) {
    const waiting = retryAfter ? ` It asks to wait ${retryAfter} s.` : '';
    throw new RateLimitError(`${message}.${waiting}`, retryAfter);
  }
  if (status === 401) {
    throw new CommandError(message, EXIT.signInNeeded, `Run: ${login}`);
  }
  if (status === 403 && /scope/i.test(reason ?? '')) {
    const advice = `Spotify’s page on this request names the scope. Run: ${login} --scope …`;
    throw new CommandError(message, EXIT.signInNeeded, advice);
  }
  throw new CommandError(message, EXIT.failure);
}

/** Returns the message of Spotify's error object, or a short plain text. */
function reasonIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? error.message : undefined;
  } catch {
    return /^[^<\n]{1,300}$/.test(text) ? text : undefined;
  }
}
