import os from 'node:os';
import process from 'node:process';
import type { Machine } from '../diagnosis/machine.ts';
import { reach } from '../diagnosis/reachability.ts';
import { tryLoopbackPort } from './loopbackPort.ts';

/** What Node tells. */
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

/** What follows them, whoever built the system chose. */
const numbersOf = (release: string): string => /^[\d.]*/.exec(release)?.[0] ?? '';
