import type { Fetch } from '../auth/transport.ts';
import type { ConnectionFault } from './connectionFault.ts';

/** What one kind of extension host can find out about its computer, beyond VS Code's API. */
export interface Machine {
  /** The operating system and the runtime, without the name of the user or the computer. */
  readonly system: () => SystemFinding;
  /** Functions that list names which identify the user or the computer. Each may throw. */
  readonly names: readonly (() => readonly string[])[];
  /**
   * Tries to listen on the loopback port of a redirect URI; undefined in a browser, where an extension
   * cannot listen.
   */
  readonly tryLoopbackPort: ((redirectUri: string | undefined) => Promise<PortFinding>) | undefined;
  /** The environment variables that may name a proxy; undefined in a browser, which ignores them. */
  readonly proxyVariables: (() => ProxyVariables) | undefined;
  /** Asks a server for an answer. Rejects only with the signal's reason, once that is aborted. */
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
  readonly fault: 'inUse' | 'cannotListen' | undefined;
  /** Node's error code, such as `EACCES`. */
  readonly code?: string | undefined;
}

/** Environment variables by name. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/** How a request is sent to a server. */
export interface ReachOptions {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** How long to wait for the answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * The status and clock skew of a server's answer, both undefined if the browser hides them; or why there
 * is no answer.
 */
export type ServerAnswer =
  | { readonly status: number | undefined; readonly skewSeconds: number | undefined }
  | { readonly fault: ConnectionFault };
