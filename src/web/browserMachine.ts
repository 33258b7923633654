import { connectionFault } from '../diagnosis/connectionFault.ts';
import type { Machine } from '../diagnosis/machine.ts';

/** Default time limit of a request to a server, in milliseconds. */
const TIMEOUT_MS = 5000;

/** The facts about the computer that the diagnosis shows, from the browser. */
export const browserMachine: Machine = {
  system: () => ({ system: undefined, runtime: navigator.userAgent }),
  names: [],
  environmentProblems: () => [],
  tryLoopbackPort: undefined,
  proxyVariables: undefined,
  findProxy: undefined,
  // Spotify does not let a web page read the answer (CORS). The page only learns that Spotify
  // answers.
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
