/**
 * Runs the tests. The last line of the output is always `N passed, N failed`.
 * `npm test -- unit e2e` runs only these kinds of tests. The kinds are unit, processes, library,
 * integration, desktop and e2e. `npm test -- --verbose` prints each test, and the output of the tests.
 */
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { installBrowsers } from '../test/tabs/browsers.ts';
import { buildTheia } from '../test/theia/theiaBuild.ts';
import { findOrInstallChromium } from '../test/vscode/browser.ts';
import { hasDisplay } from '../test/vscode/display.ts';
import { installServerBuild, NEWEST_EDITOR, OLDEST_EDITOR } from '../test/vscode/serverBuild.ts';
import { packageExtension } from './packageExtension.ts';
import { ALL_KINDS, IN_EDITOR, runsOf } from './testKinds.ts';
import { testResults } from './testResults.ts';
import { countsOf, runTests, type TestRun } from './testRun.ts';
import { printSummary } from './testSummary.ts';

/** How many runs go on at the same time. Each run uses one editor at a time, which uses one core. */
const LANES = 2;

const args = process.argv.slice(2);
const isVerbose = args.includes('--verbose');
if (isVerbose) process.env['TEST_VERBOSE'] = '1';
const named = args.filter((arg) => arg !== '--verbose');
const kinds = named.length > 0 ? named : ALL_KINDS;

/** The number of failures without a test: of the preparation, and of runs that failed as a whole. */
let broken = 0;
const runs: TestRun[] = [];
if (await succeeds(prepare)) runs.push(...kinds.flatMap(runsOf));
const waiting = runs.filter(({ isAlone }) => !isAlone);
if (runs.length > 0) await installEditorsBesideTests();
for (const run of runs.filter(({ isAlone }) => isAlone)) await succeeds(() => runTests(run));
await Promise.all(Array.from({ length: isVerbose ? 1 : LANES }, runWaiting));

const results = testResults(runs.map(({ name }) => name));
printSummary(results);
console.log(`\n${countsOf(results, broken)}`);
process.exitCode = results.failed + broken > 0 ? 1 : 0;

/** Packages the extension, and installs the browsers that the tests need. */
async function prepare(): Promise<boolean> {
  // An unknown kind throws here, before anything slow begins.
  kinds.forEach(runsOf);
  if (!kinds.some((kind) => IN_EDITOR.includes(kind))) return true;
  // The tests use the package, so it must be built from the present sources.
  console.log('Packaging the extension…');
  await packageExtension();
  if (!kinds.includes('e2e') && (!kinds.includes('integration') || hasDisplay())) return true;
  await (kinds.includes('e2e') ? installBrowsers : findOrInstallChromium)(console.log);
  return true;
}

/** Installs the editors. While that lasts, which is minutes the first time, runs the tests that need none. */
async function installEditorsBesideTests(): Promise<void> {
  const editors = { areInstalled: false };
  const installing = succeeds(installEditors).then(() => (editors.areInstalled = true));
  // Editors that are there take no time.
  await Promise.race([installing, setTimeout(1000)]);
  for (const run of waiting.filter(({ needsEditor }) => !needsEditor)) {
    if (editors.areInstalled) break;
    waiting.splice(waiting.indexOf(run), 1);
    await succeeds(() => runTests(run));
  }
  await installing;
}

async function installEditors(): Promise<boolean> {
  const isInBrowser = kinds.includes('integration') && !hasDisplay();
  if (isInBrowser || kinds.includes('e2e')) await installServerBuild(NEWEST_EDITOR, console.log);
  if (!kinds.includes('e2e')) return true;
  await installServerBuild(OLDEST_EDITOR, console.log);
  await buildTheia(console.log);
  return true;
}

async function runWaiting(): Promise<void> {
  for (;;) {
    const run = waiting.shift();
    if (!run) return;
    await succeeds(() => runTests(run));
  }
}

/** Runs a step, and counts it as broken if it fails. */
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
