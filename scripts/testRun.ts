import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { realTemporaryFolder } from '../test/vscode/environment.ts';
import { root } from './paths.ts';
import { forgetResults, resultsFile, type TestResults, testResults } from './testResults.ts';
import { seconds } from './testSummary.ts';

/** A process that runs tests with our reporter. */
export interface TestRun {
  readonly name: string;
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether it uses all cores, so that no other run should go on beside it. */
  readonly isAlone?: boolean;
  /** Whether it begins only when the editors are installed. */
  readonly needsEditor?: boolean;
}

/**
 * Runs tests, and prints a line at the begin and at the end. If the process fails without a failed
 * test, or writes no results, prints its output.
 * @returns false if the process failed in this way
 */
export async function runTests({ name, command, env }: TestRun): Promise<boolean> {
  console.log(`Running the tests “${name}”…`);
  forgetResults(name);
  const begun = performance.now();
  const run = { ...env, ...realTemporaryFolder(), TEST_RESULTS: resultsFile(name) };
  const { code, output } = await follow(command, run);
  const results = testResults([name]);
  const isComplete = results.runs > 0 && (code === 0 || results.failed > 0);
  if (!isComplete) {
    const end = code === null ? 'a signal' : `exit code ${code}`;
    console.error(`${output.join('\n')}\nThe process of the tests “${name}” ended with ${end}.`);
  }
  const duration = seconds(performance.now() - begun);
  console.log(`Finished the tests “${name}” in ${duration}: ${countsOf(results)}`);
  return isComplete;
}

/** Returns the numbers of passed and failed tests, and of skipped ones if there are any. */
export function countsOf({ passed, failed, skipped }: TestResults, broken = 0): string {
  return `${passed} passed, ${failed + broken} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

/** Runs a command and returns its output without the reporter’s dots. TEST_VERBOSE prints it at once. */
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
