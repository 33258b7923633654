import { ConnectionError } from '../auth/errors.ts';
import { LoopbackServer } from '../auth/loopbackServer.ts';
import { FlowUnavailableError } from './errors.ts';
import type { FlowOptions, OpenFlow } from './flow.ts';
import { LOOPBACK_REDIRECT_URI, portOf } from '../redirectUri.ts';

/**
 * The browser comes back to a server on this machine.
 * @param isForwarded Says whether the browser's computer reaches us by this very port.
 */
export function loopbackFlow(isForwarded: (port: number) => Promise<boolean>): OpenFlow {
  return async (options) => {
    const server = await listen(options);
    const port = portOf(server.redirectUri);
    try {
      if (!(await isForwarded(port))) throw new FlowUnavailableError('notForwarded', port);
    } catch (error) {
      await server.close('failed');
      throw error;
    }
    return {
      redirectUri: server.redirectUri,
      state: options.state,
      waitForCallback: (signal) => server.waitForCallback(signal),
      close: (outcome) => server.close(outcome),
    };
  };
}

async function listen(options: FlowOptions): Promise<LoopbackServer> {
  const { redirectUri = LOOPBACK_REDIRECT_URI } = options;
  try {
    return await LoopbackServer.listen({ ...options, redirectUri });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    const { code } = error.cause as NodeJS.ErrnoException;
    const fault = code === 'EADDRINUSE' ? 'portInUse' : 'cannotListen';
    throw new FlowUnavailableError(fault, portOf(redirectUri), { cause: error });
  }
}
