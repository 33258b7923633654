import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { out, root } from './paths.ts';

/** The results of some runs, as `test/countingReporter.cjs` and `test/keptOutput.ts` write them. */
export interface TestResults {
  passed: number;
  failed: number;
  skipped: number;
  /** How many runs have reported their end. */
  runs: number;
  /** The duration of each test file, in milliseconds. */
  readonly files: Map<string, number>;
  /** The tests that failed at first and then passed, with their first errors. */
  readonly flaky: { readonly title: string; readonly error: string }[];
  readonly failures: { readonly title: string; readonly description: string }[];
  /** The titles of skipped tests. */
  readonly skips: string[];
  /** The output of tests that failed, were flaky or skipped, by their titles. */
  readonly printed: Map<string, string>;
}

interface Line {
  readonly counts?: Pick<TestResults, 'passed' | 'failed' | 'skipped'>;
  readonly file?: string;
  readonly ms?: number;
  readonly flaky?: string;
  readonly error?: string;
  readonly failed?: string;
  readonly description?: string;
  readonly skipped?: string;
  readonly printedBy?: string;
  readonly text?: string;
}

const folder = path.join(out, 'test-results');

/** Returns the value of TEST_RESULTS for a run. */
export const resultsFile = (run: string): string => path.join(folder, `${run}.jsonl`);

/** Deletes the results of an earlier run of this name. */
export function forgetResults(run: string): void {
  mkdirSync(folder, { recursive: true });
  rmSync(resultsFile(run), { force: true });
}

/** Reads and adds up the results of these runs. */
export function testResults(runs: readonly string[]): TestResults {
  const results: TestResults = {
    passed: 0,
    failed: 0,
    skipped: 0,
    runs: 0,
    files: new Map(),
    flaky: [],
    failures: [],
    skips: [],
    printed: new Map(),
  };
  for (const file of runs.map(resultsFile).filter((file) => existsSync(file))) {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    for (const line of lines) add(results, JSON.parse(line) as Line);
  }
  return results;
}

function add(results: TestResults, line: Line): void {
  const { files, printed, flaky, failures, skips } = results;
  if (line.counts) {
    results.passed += line.counts.passed;
    results.failed += line.counts.failed;
    results.skipped += line.counts.skipped;
    results.runs++;
  }
  if (line.file) {
    const name = nameOf(line.file);
    files.set(name, (files.get(name) ?? 0) + (line.ms ?? 0));
  }
  if (line.flaky) flaky.push({ title: line.flaky, error: line.error ?? '' });
  if (line.failed) failures.push({ title: line.failed, description: line.description ?? '' });
  if (line.skipped) skips.push(line.skipped);
  if (line.printedBy) {
    const texts = [printed.get(line.printedBy), line.text];
    printed.set(line.printedBy, texts.filter(Boolean).join('\n'));
  }
}

/** Returns the name of a test file, such as `e2e/signIn`, also for a bundle of the file. */
function nameOf(file: string): string {
  const home = file.startsWith(out) ? out : path.join(root, 'test');
  const name = path.relative(home, file).replaceAll(path.sep, '/');
  return name.replace(/\.test\.\w+$/, '');
}
