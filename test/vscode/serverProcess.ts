import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './cacheFolder.ts';
import { ownEnvironment } from './environment.ts';
import { endTree } from './processTree.ts';

/** A running server. */
export interface ServerProcess {
  /** The file with its output. It stays after the server has ended. */
  readonly logFile: string;
  /** Ends the server and all its descendants at once. */
  stop(): Promise<void>;
}

export interface ServerStart {
  /** Names the log file. */
  readonly name: string;
  readonly node: string;
  /** The script and its arguments. */
  readonly args: readonly string[];
  /** Added to our own environment. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** A URL that answers successfully when the server is ready. */
  readonly readyUrl: string;
}

const readyWithinMs = 60_000;

/** Keeps the editor from requesting its extensions from a marketplace. */
const noGallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

/** Node arguments with which a program ends together with the process that started it. */
const endWithParent = [
  '--import',
  'data:text/javascript,process.stdin.on("close",()=>process.exit()).resume().unref()',
];

/**
 * Starts a server and waits until it is ready.
 *
 * @throws Error if it ends or is not ready within a minute, with its output in the message
 */
export async function startServer(start: ServerStart): Promise<ServerProcess> {
  const logFile = path.join(cacheFolder, 'logs', `${start.name}.log`);
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(start.node, [...endWithParent, ...start.args], {
    env: { ...ownEnvironment(), ...noGallery, ...start.env },
    stdio: ['pipe', log, log],
    detached: process.platform !== 'win32',
  });
  closeSync(log);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    endTree(child);
    await ended;
  };

  try {
    await Promise.race([
      untilReady(start.readyUrl),
      ended.then(() => Promise.reject(new Error('it ended'))),
    ]);
  } catch (error) {
    await stop();
    const output = readFileSync(logFile, 'utf8').slice(-4000);
    throw new Error(`${start.name} did not start. It wrote:\n${output}`, { cause: error });
  }
  return { logFile, stop };
}

/** Returns a port of 127.0.0.1 that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(readyWithinMs);
  for (;;) {
    const answer = await fetch(url, { signal: deadline }).catch(() => undefined);
    if (answer?.ok) return;
    deadline.throwIfAborted();
    await sleep(50);
  }
}
