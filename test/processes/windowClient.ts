import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { out } from '../../scripts/paths.ts';
import type { StoredSession } from '../../src/sessions/storedSession.ts';
import type { ClockChange } from './machineClock.ts';
import type { WindowMessage, WindowRequest } from './windowRequest.ts';

const PROGRAM = path.join(out, 'processes', 'windowProcess.mjs');

/**
 * Bundles the program of a window process into one file. Without that, reading the sources takes most of
 * a start, and the tests start hundreds of processes.
 */
export function buildWindowProcess(): void {
  buildSync({
    entryPoints: [path.join(import.meta.dirname, 'windowProcess.ts')],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: ['undici', 'open'],
  });
}

/** A window that is a process. Every method resolves if the process ends before it answers. */
export class WindowClient {
  readonly process: ChildProcess;
  /** The reasons of the promises that were rejected and not handled. */
  readonly unhandled: string[] = [];
  /** The requests without an answer, by their numbers. */
  readonly #open = new Map<number, (answer: unknown) => void>();
  #requests = 0;

  private constructor(process: ChildProcess) {
    this.process = process;
    process.on('message', (message: WindowMessage) => this.#take(message));
    process.once('exit', () => {
      for (const settle of this.#open.values()) settle(undefined);
    });
  }

  /**
   * Opens a window of the computer that keeps its secrets and files in `folder`.
   * @param accountsUrl The address of the stand-in for accounts.spotify.com.
   */
  static async open(folder: string, accountsUrl: string): Promise<WindowClient> {
    const execArgv = ['--expose-gc'];
    const window = new WindowClient(fork(PROGRAM, [folder, accountsUrl], { execArgv }));
    await once(window.process, 'message');
    return window;
  }

  /** The process id, which the window's requests to Spotify and its lock files name. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /**
   * Requests a token `calls` times at once. Resolves with the tokens, or the reasons for having none.
   * @param rereads Whether the window reads the stored session before.
   */
  async ask(id: string, calls: number, rereads = false): Promise<string[]> {
    const answer = await this.#request({ kind: 'ask', id, calls, rereads });
    return Array.isArray(answer) ? (answer as string[]) : [];
  }

  /** Replaces the token of a session. Resolves with the new one, or the reason for having none. */
  async renew(id: string): Promise<string[]> {
    const answer = await this.#request({ kind: 'renew', id });
    return typeof answer === 'string' ? [answer] : [];
  }

  /** Stores the session of a sign-in. Resolves with whether it was certainly stored. */
  async put(session: StoredSession): Promise<boolean> {
    return (await this.#request({ kind: 'put', session })) === true;
  }

  /** Signs the user out of a session. Resolves with whether that certainly succeeded. */
  async remove(id: string): Promise<boolean> {
    return (await this.#request({ kind: 'remove', id })) === true;
  }

  /** Returns the ids of all sessions that the window knows. */
  async list(): Promise<string[]> {
    const answer = await this.#request({ kind: 'list' });
    return Array.isArray(answer) ? (answer as string[]) : [];
  }

  /** Changes the clock, and whether SecretStorage refuses writes. */
  async change(clock: readonly ClockChange[], refusesWrites: boolean): Promise<void> {
    await this.#request({ kind: 'change', clock, refusesWrites });
  }

  /** Resolves when the window refreshes nothing. */
  async settle(): Promise<void> {
    await this.#request({ kind: 'settle' });
  }

  /** Returns the used heap in bytes, after a garbage collection; undefined if the window ended. */
  async heap(): Promise<number | undefined> {
    return (await this.#request({ kind: 'heap' })) as number | undefined;
  }

  /** Ends the process at any moment, and resolves when it has ended. */
  kill(): Promise<void> {
    return this.#end(() => this.process.kill('SIGKILL'));
  }

  /** Ends the process between two of its tasks, as a user closes a window. Resolves when it has ended. */
  close(): Promise<void> {
    return this.#end(() => this.process.disconnect());
  }

  async #end(end: () => void): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.process, 'exit');
    end();
    await exit;
  }

  #request(request: WindowRequest): Promise<unknown> {
    if (this.hasEnded || !this.process.connected) return Promise.resolve(undefined);
    const number = ++this.#requests;
    const answered = new Promise((settle) => this.#open.set(number, settle));
    // A window that was killed at this moment cannot be reached, and then ends.
    this.process.send({ number, ...request }, () => undefined);
    return answered.finally(() => this.#open.delete(number));
  }

  #take(message: WindowMessage): void {
    if (message.kind === 'unhandled') this.unhandled.push(message.reason);
    if (message.kind === 'answer') this.#open.get(message.number)?.(message.answer);
  }
}
