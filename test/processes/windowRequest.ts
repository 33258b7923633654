import type { StoredSession } from '../../src/sessions/storedSession.ts';
import type { ClockChange } from './machineClock.ts';

/** What a test wants of a window that is a process. Each request has one answer. */
export type WindowRequest =
  /** The tokens of so many calls at once, or the reasons for having none. */
  | { readonly kind: 'ask'; readonly id: string; readonly calls: number; readonly rereads: boolean }
  /** A new token in place of the present one, or the reason for having none. */
  | { readonly kind: 'renew'; readonly id: string }
  /** Stores the session of a sign-in. The answer is whether it was stored. */
  | { readonly kind: 'put'; readonly session: StoredSession }
  /** Signs the user out of a session. The answer is whether that succeeded. */
  | { readonly kind: 'remove'; readonly id: string }
  /** The ids of all sessions that the window knows. */
  | { readonly kind: 'list' }
  /** Changes the clock, and whether SecretStorage refuses writes. */
  | {
      readonly kind: 'change';
      readonly clock: readonly ClockChange[];
      readonly refusesWrites: boolean;
    }
  /** Answered when the window refreshes nothing. */
  | { readonly kind: 'settle' }
  /** The used heap in bytes, after a garbage collection. */
  | { readonly kind: 'heap' };

/** What a window sends to its test. */
export type WindowMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: unknown }
  | { readonly kind: 'unhandled'; readonly reason: string };
