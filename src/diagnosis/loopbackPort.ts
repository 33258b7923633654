import { listenCapped } from '../auth/cappedServer.ts';
import { portOf } from '../redirectUri.ts';

/** Whether a browser could be listened for. */
export interface PortFinding {
  /** 0 for whatever port is free. */
  readonly port: number;
  /** Why not; undefined where it works. */
  readonly fault: 'inUse' | 'cannotListen' | undefined;
  readonly code?: string | undefined;
}

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
