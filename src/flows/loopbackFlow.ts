import { ConnectionError } from '../auth/errors.ts';
import type { PageKind } from '../auth/authorize.ts';
import { portFault } from '../common/portFault.ts';
import { LOOPBACK_REDIRECT_URI, portOf } from '../common/redirectUri.ts';
import { type Flow, FlowUnavailableError, type OpenFlow } from './flow.ts';

/** The options with which a server is started. */
interface ListenOptions {
  readonly redirectUri: string;
  /** Callbacks with any other `state` are ignored. */
  readonly state: string;
  /** Returns the HTML document for the browser's tab. */
  readonly page: (kind: PageKind) => string;
}

/** Options of {@link loopbackFlow}. */
export interface LoopbackFlowOptions {
  /** Starts a server for the callback. @throws ConnectionError if the port cannot be used. */
  readonly listen: (options: ListenOptions) => Promise<Omit<Flow, 'state'>>;
  /** Whether the user's browser reaches the extension host at the same port number. */
  readonly isForwarded: (port: number) => Promise<boolean>;
  readonly loadPage: () => Promise<ListenOptions['page']>;
}

/** The loopback flow: the browser returns to a server in the extension host. */
export function loopbackFlow({ listen, isForwarded, loadPage }: LoopbackFlowOptions): OpenFlow {
  return async ({ state, redirectUri = LOOPBACK_REDIRECT_URI }) => {
    const page = await loadPage();
    const server = await listen({ redirectUri, state, page }).catch((error: unknown) => {
      throw asUnavailable(error, portOf(redirectUri));
    });
    const port = portOf(server.redirectUri);
    try {
      if (!(await isForwarded(port))) throw new FlowUnavailableError('notForwarded', port);
    } catch (error) {
      await server.close('failed');
      throw error;
    }
    return {
      redirectUri: server.redirectUri,
      state,
      waitForCallback: (signal) => server.waitForCallback(signal),
      close: (outcome) => server.close(outcome),
    };
  };
}

function asUnavailable(error: unknown, port: number): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const { code } = error.cause as { readonly code?: unknown };
  return new FlowUnavailableError(portFault(code, port), port, { cause: error });
}
