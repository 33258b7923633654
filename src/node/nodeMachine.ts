import os from 'node:os';
import process from 'node:process';
import { listenCapped } from '../auth/node/cappedServer.ts';
import { portOf } from '../common/redirectUri.ts';
import type { Machine, PortFinding } from '../diagnosis/machine.ts';
import { reach } from '../diagnosis/reachability.ts';

/** What Node tells about the computer. */
export const nodeMachine: Machine = {
  system: () => {
    const { node, electron } = process.versions;
    return {
      system: `${process.platform} ${numbersOf(os.release())} ${process.arch}`,
      runtime: `Node ${node}${electron ? `, Electron ${electron}` : ''}`,
    };
  },
  names: [() => [os.homedir(), os.hostname()], () => [os.userInfo().username]],
  tryLoopbackPort,
  proxyVariables: () => process.env,
  reach,
};

/** The numbers at the start of a kernel release. The free text after them may name its builder. */
const numbersOf = (release: string): string => /^[\d.]*/.exec(release)?.[0] ?? '';

/**
 * Listens where a sign-in with `redirectUri` would, and stops at once. Without a redirect URI, or with
 * one that names no port, any free port will do.
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
    return { port, fault: code === 'EADDRINUSE' ? 'inUse' : 'cannotListen', code };
  }
}
