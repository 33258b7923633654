import { ConnectionError } from '../auth/errors.ts';
import { send } from '../auth/transport.ts';
import { clockSkew } from './clockSkew.ts';
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
