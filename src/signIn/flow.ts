import type { CallbackReceiver } from '../auth/authorize.ts';
import type { PageKind, SignInOutcome } from '../auth/callbackPage.ts';

/** A way back from Spotify's page to the editor, open for one sign-in. */
export interface Flow extends CallbackReceiver {
  /** Tells the browser's tab the outcome, where there is one, and frees everything. */
  close(outcome: SignInOutcome): Promise<void>;
}

/** What a flow is opened with. */
export interface FlowOptions {
  readonly state: string;
  /** The HTML document that a browser's tab ends on. */
  readonly page: (kind: PageKind) => string;
}
