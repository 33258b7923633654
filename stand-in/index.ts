/**
 * A stand-in for Spotify’s two hosts, for tests: see docs/testing.md.
 *
 * ```ts
 * const standIn = await startStandIn({ agreeAs: 'alva' });
 * globalThis.fetch = standIn.fetch;
 * const { accessToken } = standIn.issueTokens('alva', ['user-top-read']);
 * standIn.faults.next(1, readyFaults.tooManyRequests(2));
 * await standIn.close();
 * ```
 */
export { startStandIn } from './startStandIn.ts';
export { createStandInFetch, type Addresses } from './standInFetch.ts';
export * as readyFaults from '../test/spotify/control/readyFaults.ts';
export type { IssuedTokens, StandIn, StandInOptions } from './standIn.ts';
export type { GetSessionOptions, StandInEditor } from './editor.ts';
export type { DeviceData, PlaylistData, StandInData, TrackData, UserData } from './data.ts';
export type { App } from '../test/spotify/apps.ts';
export type { Behaviour } from '../test/spotify/control/behaviour.ts';
export type { Fault } from '../test/spotify/control/faults.ts';
export type { LoggedRequest } from '../test/spotify/control/requestLog.ts';
export type { Endpoint } from '../test/spotify/http/endpoint.ts';
export type { User } from '../test/spotify/users.ts';
