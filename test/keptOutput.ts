import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { format } from 'node:util';
import type { Context } from 'mocha';

const { TEST_RESULTS: file, TEST_VERBOSE: verbose, MOCHA_WORKER_ID: worker } = process.env;

let printed: string[] = [];
let begun = 0;
const { log } = console;

/**
 * For mocha’s `--require`: collects the output of each test. If the test does not pass, writes it to
 * the file that TEST_RESULTS names. In a worker, also writes how long each file takes.
 */
export const mochaHooks = file
  ? { beforeAll, beforeEach, afterEach, afterAll }
  : /* Mocha was started without `npm test`. */ {};

function beforeAll(): void {
  begun = performance.now();
}

function beforeEach(): void {
  printed = [];
  console.log = (...args: unknown[]) => {
    printed.push(format(...args));
    if (verbose) log(...args);
  };
}

function afterEach(this: Context): void {
  console.log = log;
  const test = this.currentTest;
  if (!test || test.state === 'passed' || printed.length === 0) return;
  write({ printedBy: test.fullTitle(), text: printed.join('\n') });
}

/** In a worker, mocha calls this after each file. */
function afterAll(this: Context): void {
  const [suite] = this.test?.parent?.suites ?? [];
  if (worker !== undefined && suite) write({ file: suite.file, ms: performance.now() - begun });
}

function write(result: object): void {
  appendFileSync(file ?? '', `${JSON.stringify(result)}\n`);
}
