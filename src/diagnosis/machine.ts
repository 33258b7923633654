import type { Fetch } from '../auth/transport.ts';
import type { ConnectionFault } from './connectionFault.ts';

/** What VS Code's API does not tell of where we run, as far as it can be found out there. */
export interface Machine {
  /** What we run in and on: no name of a person or a computer. */
  readonly system: () => SystemFinding;
  /** What would tell whose machine it is; each may throw. */
  readonly names: readonly (() => readonly string[])[];
  /** Whether a browser could be listened for; undefined where that is impossible anyway. */
  readonly tryLoopbackPort: ((redirectUri: string | undefined) => Promise<PortFinding>) | undefined;
  /** The environment's settings of a proxy; undefined where requests are none of its business. */
  readonly proxyVariables: (() => ProxyVariables) | undefined;
  /** Whether a server answers. Rejects with the signal's reason only. */
  readonly reach: (url: string, how: ReachOptions) => Promise<ServerAnswer>;
}

/** As each calls itself. */
export interface SystemFinding {
  /** Undefined where `runtime` names it. */
  readonly system: string | undefined;
  readonly runtime: string;
}

/** Whether a browser could be listened for. */
export interface PortFinding {
  /** 0 for whatever port is free. */
  readonly port: number;
  /** Why not; undefined where it works. */
  readonly fault: 'inUse' | 'cannotListen' | undefined;
  readonly code?: string | undefined;
}

/** Of a process, or what stands for them. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/** How a server is asked. */
export interface ReachOptions {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly timeoutMs?: number;
}

/** What came of a request to a server; status and clock are undefined where a browser hides them. */
export type ServerAnswer =
  | { readonly status: number | undefined; readonly skewSeconds: number | undefined }
  | { readonly fault: ConnectionFault };
