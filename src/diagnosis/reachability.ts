import { ConnectionError } from '../auth/errors.ts';
import { send } from '../auth/transport.ts';
import { connectionFault } from './connectionFault.ts';
import type { ReachOptions, ServerAnswer } from './machine.ts';

const TIMEOUT_MS = 5000;

/** Nothing but the headers is wanted, from the server itself, and no redirect is followed. */
const INIT: RequestInit = { method: 'HEAD', redirect: 'manual', cache: 'no-store' };

/** Whether a server answers, whatever it answers. Rejects with the signal's reason only. */
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

/** What of an answer tells the time; times in milliseconds since the epoch. */
export interface TimedAnswer {
  readonly headers: Headers;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * By how many seconds this computer's clock is at least ahead of the server's, negative for behind;
 * 0 where they may agree, undefined where the server tells no time. A `Date` names the second in
 * which it was written (RFC 9110 section 6.6.1), some time between request and answer.
 */
export function clockSkew({ headers, sentAt, receivedAt }: TimedAnswer): number | undefined {
  const age = Number(headers.get('age') ?? 0) || 0;
  const from = Date.parse(headers.get('date') ?? '') + age * 1000;
  if (Number.isNaN(from)) return undefined;
  const to = from + 1000;
  if (receivedAt < from) return Math.round((receivedAt - from) / 1000);
  return sentAt > to ? Math.round((sentAt - to) / 1000) : 0;
}
