import os from 'node:os';
import process from 'node:process';
import { listenCapped } from '../auth/node/cappedServer.ts';
import { portFault } from '../common/portFault.ts';
import { portOf } from '../common/redirectUri.ts';
import type { Machine, PortFinding } from '../diagnosis/machine.ts';
import { reach } from '../diagnosis/reachability.ts';

/** The facts about the computer that the diagnosis shows, from Node. */
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

/**
 * Returns the numbers at the start of a kernel release. The text after the numbers is dropped,
 * because it may name the user who built the kernel.
 */
const numbersOf = (release: string): string => /^[\d.]*/.exec(release)?.[0] ?? '';

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
