import { ConnectionError } from '../auth/errors.ts';
import { LoopbackServer, type LoopbackServerOptions } from '../auth/node/loopbackServer.ts';
import { LOOPBACK_REDIRECT_URI, portOf } from '../common/redirectUri.ts';
import { FlowUnavailableError } from '../signIn/errors.ts';
import type { OpenFlow } from './flow.ts';

/** What a {@link loopbackFlow} needs of the editor. */
export interface LoopbackFlowOptions {
  /** Whether the browser's computer reaches us by this very port. */
  readonly isForwarded: (port: number) => Promise<boolean>;
  /** Makes the documents for the browser's tab. */
  readonly loadPage: () => Promise<LoopbackServerOptions['page']>;
}

/** The browser comes back to a server on this machine. */
export function loopbackFlow({ isForwarded, loadPage }: LoopbackFlowOptions): OpenFlow {
  return async ({ state, redirectUri = LOOPBACK_REDIRECT_URI }) => {
    const server = await listen({ state, redirectUri, page: await loadPage() });
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

async function listen(options: LoopbackServerOptions): Promise<LoopbackServer> {
  try {
    return await LoopbackServer.listen(options);
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    const { code } = error.cause as NodeJS.ErrnoException;
    const fault = code === 'EADDRINUSE' ? 'portInUse' : 'cannotListen';
    throw new FlowUnavailableError(fault, portOf(options.redirectUri), { cause: error });
  }
}
