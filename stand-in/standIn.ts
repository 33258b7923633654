import type { App } from '../test/spotify/apps.ts';
import type { Behaviour } from '../test/spotify/control/behaviour.ts';
import type { Clock } from '../test/spotify/control/clock.ts';
import type { Faults } from '../test/spotify/control/faults.ts';
import type { RequestLog } from '../test/spotify/control/requestLog.ts';
import type { User } from '../test/spotify/users.ts';
import type { StandInData } from './data.ts';
import type { StandInEditor } from './editor.ts';
import type { Addresses } from './standInFetch.ts';

export interface StandInOptions extends StandInData {
  /** By default always the same 32 hex digits. */
  readonly clientId?: string;
  /** By default always the same 32 hex digits. */
  readonly clientSecret?: string;
  /**
   * By default `http://127.0.0.1/callback`, which stands for every port. Those that Spotify refuses,
   * such as with `localhost`, are refused at the start; `app.redirectUris` accepts them.
   */
  readonly redirectUris?: readonly string[];
  /** Id of the user who agrees to every sign-in at once. By default a page asks. */
  readonly agreeAs?: string;
  /** The address on which it listens, by default 127.0.0.1. */
  readonly host?: string;
  /** By default 0 each, which takes a free port. */
  readonly accountsPort?: number;
  readonly apiPort?: number;
  readonly controlPort?: number;
}

/** The tokens of a user, as a program has them after a sign-in. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Lifetime of the access token in seconds. */
  readonly expiresIn: number;
}

/** A running stand-in. */
export interface StandIn extends Addresses {
  /** The address at which other processes control it: see docs/testing.md. */
  readonly controlUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * The environment variables that lead Spotify Authentication and `spotify-auth` here. `@spotify-sdk/js`
   * reads those of the client only: its option `endpoints` leads it here.
   */
  readonly env: Readonly<Record<string, string>>;
  /** The app. It is in development mode, for all users. */
  readonly app: App;
  /** How it answers: the consent, lifetimes, rotation of refresh tokens. */
  readonly behaviour: Behaviour;
  /** Its clock, by which codes and tokens expire. */
  readonly clock: Clock;
  /** The faults of the next requests. */
  readonly faults: Faults;
  /** The requests so far. */
  readonly requests: RequestLog;
  /** Sends requests for Spotify’s hosts here: for code that names them, or as `globalThis.fetch`. */
  readonly fetch: typeof fetch;
  /** Returns a user, whom a test may change. Throws an Error if there is none with this id. */
  user(id: string): User;
  /** Issues tokens without a sign-in. Throws an Error if there is no such user or scope. */
  issueTokens(userId: string, scope?: readonly string[]): IssuedTokens;
  /** Returns an editor for the tests of an extension. Throws an Error if there is no such user. */
  editor(userId: string): StandInEditor;
  /** Makes all access tokens expire. Refresh tokens stay valid. */
  expireAccessTokens(): void;
  /** Withdraws the user’s consent: refresh tokens are refused from now on. */
  revoke(userId: string): void;
  /** Returns to the state of the start. */
  reset(): void;
  /** Ends every connection and frees the ports. */
  close(): Promise<void>;
}

/** What does not need the control server. */
export type Controls = Omit<StandIn, 'controlUrl' | 'close'>;
