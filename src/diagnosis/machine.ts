import type { Fetch } from '../auth/transport.ts';
import type { PortFault } from '../common/portFault.ts';
import type { Advice } from '../messages/advice.ts';
import type { ConnectionFault } from './connectionFault.ts';
import type { ProxyFinding, ProxySettings, ProxyVariables } from './proxyFinding.ts';

/**
 * Facts about the computer that VS Code's API does not give. Each kind of extension host has its own
 * way to find them.
 */
export interface Machine {
  /** The operating system and the runtime, without the name of the user or the computer. */
  readonly system: () => SystemFinding;
  /** Functions that list names which identify the user or the computer. Each may throw. */
  readonly names: readonly (() => readonly string[])[];
  /** The problems that the environment variables cause, and what to do about them. */
  readonly environmentProblems: () => readonly Advice[];
  /**
   * Listens for a moment on the loopback port of a redirect URI, to find out whether the port is free.
   * Undefined in a browser, where an extension cannot listen.
   */
  readonly tryLoopbackPort: ((redirectUri: string | undefined) => Promise<PortFinding>) | undefined;
  /** The environment variables that may name a proxy; undefined in a browser, which ignores them. */
  readonly proxyVariables: (() => ProxyVariables) | undefined;
  /** Finds the configured proxy; undefined in a browser, which chooses the proxy itself. */
  readonly findProxy: ((settings: ProxySettings) => ProxyFinding | undefined) | undefined;
  /**
   * Sends a HEAD request to a server. Returns its status and clock skew, or why it gave no answer.
   * Rejects only with the signal's reason, after the signal is aborted.
   */
  readonly reach: (url: string, how: ReachOptions) => Promise<ServerAnswer>;
}

/** The names and versions of the operating system and the runtime. */
export interface SystemFinding {
  /** The operating system; undefined if `runtime` names it. */
  readonly system: string | undefined;
  readonly runtime: string;
}

/** Whether the extension can listen on the loopback port of a redirect URI. */
export interface PortFinding {
  /** The port; 0 if the system may choose it. */
  readonly port: number;
  /** Why the extension cannot listen; undefined if it can. */
  readonly fault: PortFault | undefined;
  /** Node's error code, such as `EACCES`. */
  readonly code?: string | undefined;
}

/** The options of `reach`. */
export interface ReachOptions {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** How long to wait for the answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * The status and the clock skew of a server's answer, or the reason why there was no answer. `status`
 * is undefined if the browser hides the answer. `skewSeconds` is undefined if the answer shows no date.
 */
export type ServerAnswer =
  | { readonly status: number | undefined; readonly skewSeconds: number | undefined }
  | { readonly fault: ConnectionFault };
