import type { CallbackReceiver } from '../auth/authorize.ts';
import type { SignInOutcome } from '../auth/signInOutcome.ts';

/** A way back from Spotify's page to the editor, open for one sign-in. */
export interface Flow extends CallbackReceiver {
  /** What the authorization request carries as `state`, and its callback has to bring back. */
  readonly state: string;
  /** Brings the person to Spotify's page, where this way does not simply open a browser. */
  readonly openBrowser?: (url: string) => Promise<void>;
  /** Tells the browser's tab the outcome, where there is one, and frees everything. */
  close(outcome: SignInOutcome): Promise<void>;
}

/** What a flow is opened with. */
export interface FlowOptions {
  /** Random, never used before. */
  readonly state: string;
  /** The redirect URI of the settings; undefined for the usual one of the flow. */
  readonly redirectUri: string | undefined;
}

/** @throws FlowUnavailableError when this way back cannot be opened here. */
export type OpenFlow = (options: FlowOptions) => Promise<Flow>;
