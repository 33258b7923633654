import type { PageKind, SignInOutcome } from '../auth/callbackPage.ts';

/** A way back from Spotify's page to us, open for one sign-in. */
export interface Flow {
  /** What the authorization request names. */
  readonly redirectUri: string;
  /** The address of the one callback that carries our state. Rejects with the signal's reason. */
  waitForCallback(signal: AbortSignal): Promise<string>;
  /** Tells the browser's tab the outcome, where there is one, and frees everything. */
  close(outcome: SignInOutcome): Promise<void>;
}

/** What a flow is opened with. */
export interface FlowOptions {
  readonly state: string;
  /** The HTML document that a browser's tab ends on. */
  readonly page: (kind: PageKind) => string;
}
