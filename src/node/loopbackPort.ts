import { listenCapped } from '../auth/node/cappedServer.ts';
import { portFault } from '../common/portFault.ts';
import { portOf } from '../common/redirectUri.ts';
import type { PortFinding } from '../diagnosis/machine.ts';

/**
 * Tests whether a server can listen on the port of `redirectUri`, and stops the server at once. If
 * `redirectUri` is undefined or has no port, the system chooses a port.
 */
export async function tryLoopbackPort(redirectUri: string | undefined): Promise<PortFinding> {
  const host = redirectUri?.includes('//[::1]') ? '::1' : '127.0.0.1';
  const port = redirectUri === undefined ? 0 : portOf(redirectUri);
  try {
    const server = await listenCapped(host, port, 1000);
    await new Promise((resolve) => server.close(resolve));
    return { port, fault: undefined };
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return { port, fault: portFault(code, port), code };
  }
}
