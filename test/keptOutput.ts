import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { format } from 'node:util';
import type { Context } from 'mocha';

const { TEST_RESULTS: file, TEST_VERBOSE: verbose, MOCHA_WORKER_ID: worker } = process.env;

let printed: string[] = [];
let begun = 0;
const { log } = console;

/**
 * For mocha's `--require`: what a test prints is kept, and goes to the file that TEST_RESULTS names
 * unless the test passes. In a worker, notes how long each file takes, too.
 */
export const mochaHooks = file
  ? { beforeAll, beforeEach, afterEach, afterAll }
  : /* A single run, by hand. */ {};

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

/** A worker runs this after each file. */
function afterAll(this: Context): void {
  const [suite] = this.test?.parent?.suites ?? [];
  if (worker !== undefined && suite) write({ file: suite.file, ms: performance.now() - begun });
}

function write(result: object): void {
  appendFileSync(file ?? '', `${JSON.stringify(result)}\n`);
}
