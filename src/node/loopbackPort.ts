import { listenCapped } from '../auth/node/cappedServer.ts';
import type { PortFinding } from '../diagnosis/findings.ts';
import { portOf } from '../common/redirectUri.ts';

/** Listens as a sign-in would, and stops at once. */
export async function tryLoopbackPort(redirectUri: string | undefined): Promise<PortFinding> {
  const host = redirectUri?.includes('//[::1]') ? '::1' : '127.0.0.1';
  const port = redirectUri === undefined ? 0 : portOf(redirectUri);
  try {
    const server = await listenCapped(host, port, 1000);
    await new Promise((resolve) => server.close(resolve));
    return { port, fault: undefined };
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return { port, fault: code === 'EADDRINUSE' ? 'inUse' : 'cannotListen', code };
  }
}
