import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Options of {@link runProgram}. */
export interface Start {
  readonly node: string;
  readonly file: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Stops the program after this many lines, for a program that does not end itself. */
  readonly stopAfter?: number | undefined;
}

/** The output of a program. */
export interface Run {
  readonly lines: readonly string[];
  readonly errors: string;
  /** Null if the program was stopped. */
  readonly exitCode: number | null;
}

/** Runs a program, and visits each local URL that it prints as a browser would. */
export async function runProgram({ node, file, args = [], ...start }: Start): Promise<Run> {
  const { cwd, env, stopAfter } = start;
  const child = spawn(node, [file, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const lines: string[] = [];
  const visits: Promise<unknown>[] = [];
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const address = /http:\/\/127\.0\.0\.1\S+/.exec(line)?.[0];
    if (address) visits.push(visit(address).catch((error: unknown) => (errors += String(error))));
    if (lines.length === stopAfter) void Promise.all(visits).then(() => child.kill());
  }
  const [exitCode] = await exited;
  await Promise.all(visits);
  return { lines, errors, exitCode };
}

/** Follows redirects with cookies, as a browser whose user agrees to everything. */
async function visit(start: string): Promise<void> {
  let cookie = '';
  for (let next: string | null = start; next !== null;) {
    const response: Response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    const [set] = response.headers.getSetCookie();
    if (next === start && set) cookie = set.split(';')[0] ?? '';
    const location = response.headers.get('location');
    next = location && new URL(location, next).href;
  }
}
