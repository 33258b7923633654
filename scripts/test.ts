/**
 * Runs the tests and ends with one line, `N passed, N failed`, whatever happens.
 * `npm test -- unit e2e` runs these suites only; there are unit, processes, library, integration,
 * desktop and e2e.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ownEnvironment } from '../test/vscode/environment.ts';
import { runIntegrationTests } from './integrationTests.ts';
import { packageExtension } from './packageExtension.ts';
import { root } from './paths.ts';
import { counts, startCounting } from './testCounts.ts';

/** Where nothing but our own code runs, no rejection may go unhandled. */
const STRICT = '--require ./test/unhandledRejections.cjs';

type Suite = () => boolean | Promise<boolean>;

const suites: Record<string, Suite> = {
  unit: () => mocha('test/unit/**/*.test.ts', ownEnvironment(), `--parallel --jobs 4 ${STRICT}`),
  processes: () => mocha('test/processes/**/*.test.ts', ownEnvironment(), `--parallel ${STRICT}`),
  library: () => mocha('test/library/**/*.test.ts'),
  integration: () => runIntegrationTests(),
  desktop: () => runIntegrationTests('desktop'),
  // A busy machine may draw a window too late for a click; what failed at first is printed.
  e2e: () =>
    mocha('test/e2e/**/*.test.ts', process.env, '--require ./test/e2e/rootHooks.ts --retries 1'),
};

const chosen = process.argv.slice(2);
if (chosen.length === 0) chosen.push('unit', 'processes', 'library', 'integration', 'e2e');

startCounting();
/** Failures that no test stands for: a suite that ended badly, or could not start. */
let broken = 0;
// Without a package of this very source, the suites would test an older one.
if (await succeeds('package', packageExtension)) {
  for (const name of chosen) await run(name);
} else {
  broken++;
}

const { passed, failed, skipped } = counts();
console.log(`${passed} passed, ${failed + broken} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed + broken > 0 ? 1 : 0;

async function run(name: string): Promise<void> {
  const failedBefore = counts().failed;
  const succeeded = await succeeds(name, suites[name] ?? unknownSuite);
  if (!succeeded && counts().failed === failedBefore) broken++;
}

async function succeeds(name: string, step: Suite | (() => Promise<void>)): Promise<boolean> {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  try {
    return (await step()) ?? true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

function unknownSuite(): boolean {
  console.error(`There is no such suite; there are ${Object.keys(suites).join(', ')}.`);
  return false;
}

/** The other suites install what they need, perhaps through a proxy, and start editors without it. */
function mocha(files: string, env = process.env, args = ''): boolean {
  const options = { cwd: root, env, stdio: 'inherit', shell: true } as const;
  return spawnSync(`mocha ${args} "${files}"`, options).status === 0;
}
