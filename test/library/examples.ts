import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** An example of the docs. */
export interface Example {
  /** The heading it stands under. */
  readonly heading: string;
  readonly code: string;
  /** What the comments behind `// →` say it prints; `…` stands for anything. */
  readonly prints: readonly string[];
}

/** How an example is started. */
export interface Start {
  readonly node: string;
  readonly file: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const page = readFileSync(new URL('../../docs/auth.md', import.meta.url), 'utf8');

/** The blocks of docs/auth.md with this info string: `js run` for a program, `ts` for a module. */
export function examples(info: 'js run' | 'ts'): Example[] {
  const parts = page.matchAll(/^## (?<heading>.+)$|^```(?<info>.+)\n(?<code>[\s\S]*?)^```$/gm);
  let heading = '';
  const found: Example[] = [];
  for (const { groups } of parts) {
    heading = groups?.['heading'] ?? heading;
    const code = groups?.['code'];
    if (code === undefined || groups?.['info'] !== info) continue;
    const prints = [...code.matchAll(/\/\/ → (.+)$/gm)].map(([, line]) => line ?? '');
    found.push({ heading, code, prints });
  }
  return found;
}

/**
 * Runs an example until it has printed `count` lines or ends, and returns what it printed, errors
 * included. Each address it prints is visited in a browser.
 */
export async function linesOf({ node, file, cwd, env }: Start, count: number): Promise<string[]> {
  const child = spawn(node, [file], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
  });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === count) break;
    const address = /https?:\S+/.exec(line)?.[0];
    if (address) void visit(address).catch((error: unknown) => (errors += String(error)));
  }
  child.kill();
  await exited;
  return errors === '' ? lines : [...lines, errors];
}

/** Follows the redirects with their cookies, as a browser whose user agrees to everything. */
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

/**
 * Stands between an example and the library, in a file beside it: the same names, but asking the
 * stand-in instead of Spotify.
 */
export const STAND_IN_MODULE = `
import * as library from 'spotify-sdk/auth';
export * from 'spotify-sdk/auth';
const endpoints = library.endpointsAt(process.env.ACCOUNTS_URL);
export class AuthorizationCode extends library.AuthorizationCode {
  constructor(options) { super({ endpoints, ...options }); }
}
export class ClientCredentials extends library.ClientCredentials {
  constructor(options) { super({ endpoints, ...options }); }
}
`;
