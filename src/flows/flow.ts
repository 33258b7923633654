import type { CallbackReceiver, SignInOutcome } from '../auth/authorize.ts';
import type { FlowFault } from '../messages/flows.ts';

/** An open way from Spotify's page back to the editor, for one sign-in. */
export interface Flow extends CallbackReceiver {
  /** The `state` of the authorization request, which the callback must bring back. */
  readonly state: string;
  /** Brings the user to Spotify's page, where this flow does not simply open a browser. */
  readonly openBrowser?: (url: string) => Promise<void>;
  /** Tells the browser's tab the outcome, where the flow has a tab, and frees ports and listeners. */
  close(outcome: SignInOutcome): Promise<void>;
}

/** The options with which a flow is opened. */
interface FlowOptions {
  /** A random state, used for this sign-in only. */
  readonly state: string;
  /** The redirect URI of the settings; undefined for the usual one of the flow. */
  readonly redirectUri: string | undefined;
}

/** @throws FlowUnavailableError when this flow cannot be opened here. */
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
