import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { root } from './paths.ts';
import { forgetResults, resultsFile, type TestResults, testResults } from './testResults.ts';
import { seconds } from './testSummary.ts';

/** A process that runs tests with our reporter. */
export interface TestRun {
  readonly name: string;
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether it keeps all cores busy by itself. */
  readonly isAlone?: boolean;
}

/**
 * Runs it, and prints a line at its begin and at its end; all that it printed if it broke, which is
 * to fail without a test that failed.
 * @returns whether it did not break
 */
export async function runTests({ name, command, env }: TestRun): Promise<boolean> {
  console.log(`${name}…`);
  forgetResults(name);
  const begun = performance.now();
  const { code, output } = await follow(command, { ...env, TEST_RESULTS: resultsFile(name) });
  const results = testResults([name]);
  const isWhole = results.runs > 0 && (code === 0 || results.failed > 0);
  if (!isWhole) console.error(`${output.join('\n')}\n${name} ended with ${code ?? 'a signal'}.`);
  console.log(`${name}: ${countsOf(results)} in ${seconds(performance.now() - begun)}`);
  return isWhole;
}

/** Says how many tests have passed and failed, and how many were skipped if any. */
export function countsOf({ passed, failed, skipped }: TestResults, broken = 0): string {
  return `${passed} passed, ${failed + broken} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

/** What it prints is kept, but for the reporter's dots; with TEST_VERBOSE it is seen at once. */
async function follow(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: readonly string[] }> {
  const output: string[] = [];
  const options = { cwd: root, env, shell: true } as const;
  const child = env['TEST_VERBOSE']
    ? spawn(command, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })
    : keepOutput(spawn(command, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }), output);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function keepOutput<Child extends ChildProcessByStdio<null, Readable, Readable>>(
  child: Child,
  output: string[],
): Child {
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      if (line !== '.') output.push(line);
    });
  }
  return child;
}
