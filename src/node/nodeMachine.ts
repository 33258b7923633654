import os from 'node:os';
import process from 'node:process';
import type { Machine } from '../diagnosis/machine.ts';
import { proxyFinding } from '../diagnosis/proxyFinding.ts';
import { reach } from '../diagnosis/reachability.ts';
import { tryLoopbackPort } from './loopbackPort.ts';

/** The facts about the computer that the diagnosis shows, from Node. */
export const nodeMachine: Omit<Machine, 'environmentProblems'> = {
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
  findProxy: (settings) => proxyFinding(settings, process.env),
  reach,
};

/**
 * Returns the numbers at the start of a kernel release. The text after the numbers is dropped,
 * because it may name the user who built the kernel.
 */
const numbersOf = (release: string): string => /^[\d.]*/.exec(release)?.[0] ?? '';
