import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './cacheFolder.ts';
import { ownEnvironment } from './environment.ts';
import { endTree } from './processTree.ts';

/** A server that answers. */
export interface ServerProcess {
  /** What it wrote, kept after it has ended. */
  readonly logFile: string;
  /** Ends the server and all it started, at once. */
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
  /** Answers with a success as soon as the server is ready. */
  readonly readyUrl: string;
}

const readyWithinMs = 60_000;

/** Keeps the editor from asking a marketplace about the extensions it has. */
const noGallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

/** Node arguments of a program that ends when the process which started it ends, however it ends. */
const endWithParent = [
  '--import',
  'data:text/javascript,process.stdin.on("close",()=>process.exit()).resume().unref()',
];

/**
 * Starts a server and waits until it is ready.
 *
 * @throws Error when it ends, or is not ready within a minute; the message carries its output
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

/** A port of 127.0.0.1 that nobody listens on at the moment. */
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
