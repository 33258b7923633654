/**
 * Runs the unit, process and integration tests. Then prints which lines and branches of `src` they ran, and
 * writes that as pages and as `lcov.info` into `out/coverage`. No number is required.
 *
 * Every process runs the TypeScript of `src` itself and not a bundle. Only so can the numbers of several
 * processes be added: V8 reports a branch only where its count differs from that of the code around it.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { ownEnvironment } from '../test/vscode/environment.ts';
import { out, root } from './paths.ts';
import { runsOf } from './testKinds.ts';
import { testResults } from './testResults.ts';
import { countsOf, runTests, type TestRun } from './testRun.ts';
import { printSummary } from './testSummary.ts';

const reports = path.join(out, 'coverage');
/** What each process has written at its end: one file of JSON. */
const counts = path.join(reports, 'counts');

rmSync(reports, { recursive: true, force: true });
// Node then counts, also in every process that a test starts.
process.env['NODE_V8_COVERAGE'] = counts;
const runs: TestRun[] = [
  ...runsOf('unit'),
  {
    name: 'processes',
    // The windows of the other suites there run as bundles.
    command: 'mocha --parallel --jobs 2 "test/processes/{auth,cli}/**/*.test.ts"',
    env: ownEnvironment(),
  },
  {
    name: 'integration',
    command: 'node scripts/runIntegrationTests.ts sources',
    env: process.env,
  },
];
let broken = 0;
for (const run of runs) if (!(await runTests(run))) broken++;
const results = testResults(runs.map(({ name }) => name));
printSummary(results);
keepSources();
report();
console.log(`\n${countsOf(results, broken)}. The pages are in ${path.relative(root, reports)}.`);
process.exitCode = results.failed + broken > 0 ? 1 : 0;

/** Removes the counts of all other files: of Node’s packages, of the tests, and of the editor. */
function keepSources(): void {
  const sources = `${pathToFileURL(path.join(root, 'src')).href}/`;
  for (const name of readdirSync(counts)) {
    const file = path.join(counts, name);
    const result = countsIn(file).filter(({ url }) => url.startsWith(sources));
    writeFileSync(file, JSON.stringify({ result }));
  }
}

/** Returns the counts of one process. A process that was killed while it wrote has none. */
function countsIn(file: string): { readonly url: string }[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { result: { url: string }[] }).result;
  } catch {
    return [];
  }
}

function report(): void {
  const c8 = path.join(root, 'node_modules', 'c8', 'bin', 'c8.js');
  const reporters = ['text', 'html', 'lcovonly'].flatMap((name) => ['--reporter', name]);
  const excluded = filesOfTypes().flatMap((file) => ['--exclude', file]);
  const folders = ['--temp-directory', counts, '--reports-dir', reports];
  const files = ['--all', '--src', 'src', '--include', 'src/**', ...excluded];
  execFileSync(process.execPath, [c8, 'report', ...folders, ...files, ...reporters], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Returns the files that only have types. No process loads them. */
function filesOfTypes(): string[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join('src', ...name.split(path.sep)))
    .filter((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return transformSync(text, { loader: 'ts' }).code.trim() === '';
    });
}
