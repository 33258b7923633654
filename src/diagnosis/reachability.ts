import { ConnectionError } from '../auth/errors.ts';
import { send } from '../auth/transport.ts';
import { connectionFault } from './connectionFault.ts';
import type { ReachOptions, ServerAnswer } from './machine.ts';

const TIMEOUT_MS = 5000;

/**
 * A request for the headers only. The answer comes from the server, not from a cache, and redirects are
 * not followed.
 */
const INIT: RequestInit = { method: 'HEAD', redirect: 'manual', cache: 'no-store' };

/**
 * Sends a HEAD request to a server. Returns the status and the clock skew of the answer. Returns the
 * fault if there is no answer, or if the answer is 407. Rejects only with the signal's reason, after
 * the signal is aborted.
 */
export async function reach(url: string, options: ReachOptions): Promise<ServerAnswer> {
  const { fetch, signal, timeoutMs = TIMEOUT_MS } = options;
  const sentAt = Date.now();
  try {
    const { status, headers } = await send(url, INIT, { fetch, timeoutMs, signal });
    if (status === 407) return { fault: { kind: 'proxyWantsPassword', code: '407' } };
    return { status, skewSeconds: clockSkew({ headers, sentAt, receivedAt: Date.now() }) };
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    return { fault: connectionFault(error) };
  }
}

/**
 * The parts of an HTTP answer from which the server's time is known. The times are in milliseconds
 * since the epoch.
 */
export interface TimedAnswer {
  readonly headers: Headers;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * Returns by how many seconds, at least, the clock of this computer is ahead of the server's clock. The
 * result is negative if the clock is behind, 0 if both clocks may agree, and undefined without a valid
 * `Date` header. That header gives the second in which the answer was made (RFC 9110 section 6.6.1),
 * between `sentAt` and `receivedAt`.
 */
export function clockSkew({ headers, sentAt, receivedAt }: TimedAnswer): number | undefined {
  const age = Number(headers.get('age') ?? 0) || 0;
  const from = Date.parse(headers.get('date') ?? '') + age * 1000;
  if (Number.isNaN(from)) return undefined;
  const to = from + 1000;
  if (receivedAt < from) return Math.round((receivedAt - from) / 1000);
  return sentAt > to ? Math.round((sentAt - to) / 1000) : 0;
}
