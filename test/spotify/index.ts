/**
 * A stand-in for Spotify: two HTTP servers on loopback, which answer as accounts.spotify.com and
 * api.spotify.com did in late 2026, and an object that controls them from the same process.
 *
 * ```ts
 * const spotify = await startSpotify();
 * const app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
 * spotify.addUser({ id: 'alva', displayName: 'Alva' });
 * spotify.behaviour.consent = { agreeAs: 'alva' };
 * spotify.faults.next(2, { on: 'token', ...readyFaults.upstreamConnectError });
 * ```
 */
export { BROWSER_COOKIE } from './accounts/authorize.ts';
export type { App } from './apps.ts';
export { SIX_MONTHS } from './control/behaviour.ts';
export { addDemo, DEMO_CLIENT_ID } from './demo.ts';
export { FOREIGN_LOOPBACK } from './foreignLoopback.ts';
export type { Fault } from './control/faults.ts';
export * as readyFaults from './control/readyFaults.ts';
export type { LoggedRequest } from './control/requestLog.ts';
export { startSpotify, type Spotify } from './startSpotify.ts';
export type { User } from './users.ts';
