/**
 * Runs the tests and ends with one line, `N passed, N failed`, whatever happens.
 * `npm test -- unit e2e` runs these kinds only; there are unit, processes, library, integration,
 * desktop and e2e. `npm test -- --verbose` prints each test as it passes, and all that they print.
 */
import process from 'node:process';
import { findOrInstallChromium } from '../test/vscode/browser.ts';
import { hasDisplay } from '../test/vscode/display.ts';
import { installServerBuild, NEWEST_EDITOR, OLDEST_EDITOR } from '../test/vscode/serverBuild.ts';
import { packageExtension } from './packageExtension.ts';
import { ALL_KINDS, IN_EDITOR, runsOf } from './testKinds.ts';
import { testResults } from './testResults.ts';
import { countsOf, runTests, type TestRun } from './testRun.ts';
import { printSummary } from './testSummary.ts';

/** How many runs go on at once: a run has one editor at work, and each keeps a core busy. */
const LANES = 2;

const words = process.argv.slice(2);
const isVerbose = words.includes('--verbose');
if (isVerbose) process.env['TEST_VERBOSE'] = '1';
const named = words.filter((word) => word !== '--verbose');
const kinds = named.length > 0 ? named : ALL_KINDS;

/** Failures that no test stands for: a step that failed, a run that ended badly or could not start. */
let broken = 0;
const runs: TestRun[] = [];
if (await succeeds(prepare)) runs.push(...kinds.flatMap(runsOf));
const waiting = runs.filter(({ isAlone }) => !isAlone);
for (const run of runs.filter(({ isAlone }) => isAlone)) await succeeds(() => runTests(run));
await Promise.all(Array.from({ length: isVerbose ? 1 : LANES }, runWaiting));

const results = testResults(runs.map(({ name }) => name));
printSummary(results);
console.log(`\n${countsOf(results, broken)}`);
process.exitCode = results.failed + broken > 0 ? 1 : 0;

/** Makes and installs what the tests need. */
async function prepare(): Promise<boolean> {
  // Whoever asks for a kind that is none need not wait for the rest.
  kinds.forEach(runsOf);
  if (!kinds.some((kind) => IN_EDITOR.includes(kind))) return true;
  // Without a package of this very source, the tests would test an older one.
  console.log('Packaging the extension…');
  await packageExtension();
  if (!kinds.includes('e2e') && (!kinds.includes('integration') || hasDisplay())) return true;
  await Promise.all([findOrInstallChromium(console.log), installEditors()]);
  return true;
}

async function installEditors(): Promise<void> {
  await installServerBuild(NEWEST_EDITOR, console.log);
  if (kinds.includes('e2e')) await installServerBuild(OLDEST_EDITOR, console.log);
}

async function runWaiting(): Promise<void> {
  for (;;) {
    const run = waiting.shift();
    if (!run) return;
    await succeeds(() => runTests(run));
  }
}

/** Counts what does not as broken. */
async function succeeds(step: () => Promise<boolean>): Promise<boolean> {
  let hasSucceeded = false;
  try {
    hasSucceeded = await step();
  } catch (error) {
    console.error(error);
  }
  if (!hasSucceeded) broken++;
  return hasSucceeded;
}
