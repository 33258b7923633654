import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ownEnvironment } from '../vscode/environment.ts';
import { endTree } from '../vscode/processTree.ts';

/** A program with its descendants. It ends with this process at the latest. */
export interface Program {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Ends all of it at once. */
  stop(): Promise<void>;
}

/** Starts a program without the user’s proxies. `env` is added to our own environment. */
export function startProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Program {
  const child = spawn(command, args, {
    env: { ...ownEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = () => {
    endTree(child);
  };
  process.once('exit', end);
  const exited = once(child, 'exit');
  const { stdout, stderr } = child;
  const stop = async () => {
    process.off('exit', end);
    end();
    await exited;
  };
  return { stdout, stderr, stop };
}

/**
 * Reads a program’s output up to the first line that matches, and lets the program write on.
 * @returns the first group of the pattern
 * @throws Error with the output if it ends before
 */
export async function readLine(output: Readable, pattern: RegExp): Promise<string> {
  const seen: string[] = [];
  const lines = createInterface({ input: output });
  try {
    for await (const line of lines) {
      const [, found] = pattern.exec(line) ?? [];
      if (found !== undefined) return found;
      seen.push(line);
    }
  } finally {
    output.resume();
  }
  throw new Error(`The program ended. It wrote:\n${seen.join('\n')}`);
}
