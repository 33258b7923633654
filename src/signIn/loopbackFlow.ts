import { LoopbackServer } from '../auth/loopbackServer.ts';
import type { Flow, FlowOptions } from './flow.ts';

/** To be registered with Spotify, which lets a loopback literal without a port use any port. */
export const LOOPBACK_REDIRECT_URI = 'http://127.0.0.1/callback';

/** The browser comes back to a server on this machine. */
export function openLoopbackFlow(options: FlowOptions): Promise<Flow> {
  return LoopbackServer.listen({ redirectUri: LOOPBACK_REDIRECT_URI, ...options });
}
