import { connectionFault } from '../diagnosis/connectionFault.ts';
import type { Machine } from '../diagnosis/machine.ts';

const TIMEOUT_MS = 5000;

/** What a browser tells about the computer. */
export const browserMachine: Machine = {
  system: () => ({ system: undefined, runtime: navigator.userAgent }),
  names: [],
  tryLoopbackPort: undefined,
  proxyVariables: undefined,
  // Spotify lets no page read its answer to this request. That there is an answer can still be seen.
  reach: async (url, { fetch, signal, timeoutMs = TIMEOUT_MS }) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      await fetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', signal: limit });
      return { status: undefined, skewSeconds: undefined };
    } catch (error) {
      signal.throwIfAborted();
      return { fault: connectionFault(error) };
    }
  },
};
