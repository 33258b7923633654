import type { CallbackReceiver, SignInOutcome } from '../auth/authorize.ts';
import type { FlowFault } from '../messages/flows.ts';

/**
 * A flow that was opened for one sign-in. It brings Spotify's answer from the browser to the
 * editor.
 */
export interface Flow extends CallbackReceiver {
  /** The `state` of the authorization request, which the callback must bring back. */
  readonly state: string;
  /** Brings the user to Spotify's page. If undefined, the sign-in opens the browser as usual. */
  readonly openBrowser?: (url: string) => Promise<void>;
  /**
   * Shows the outcome in the browser's tab if the flow controls it, and frees ports and listeners.
   */
  close(outcome: SignInOutcome): Promise<void>;
}

/** The options with which a flow is opened. */
interface FlowOptions {
  /** A random state, used for this sign-in only. */
  readonly state: string;
  /** The redirect URI of the settings. If undefined, the flow uses its usual one. */
  readonly redirectUri: string | undefined;
  /** Called if the flow waits until another sign-in has ended. */
  readonly onWait?: (() => void) | undefined;
}

/** Opens a flow. @throws FlowUnavailableError if this flow cannot be opened here. */
export type OpenFlow = (options: FlowOptions) => Promise<Flow>;

/** A flow cannot be opened here. The browser was not opened, and another flow may work. */
export class FlowUnavailableError extends Error {
  override readonly name = 'FlowUnavailableError';
  readonly fault: FlowFault;
  readonly port: number;

  constructor(fault: FlowFault, port: number, options?: ErrorOptions) {
    super(`The flow by port ${port} cannot be opened (${fault}).`, options);
    this.fault = fault;
    this.port = port;
  }
}
