/**
 * Runs the tests and ends with one line, `N passed, N failed`.
 * `npm test -- unit e2e` runs these suites only; there are unit, library, integration, desktop and e2e.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runIntegrationTests } from './integrationTests.ts';
import { packageExtension } from './packageExtension.ts';
import { out, root } from './paths.ts';

const countsFile = path.join(out, 'test-counts');
process.env['TEST_COUNTS'] = countsFile;

const suites: Record<string, () => boolean | Promise<boolean>> = {
  unit: () => mocha('test/unit/**/*.test.ts'),
  library: () => mocha('test/library/**/*.test.ts'),
  integration: () => runIntegrationTests(),
  desktop: () => runIntegrationTests('desktop'),
  e2e: () => mocha('test/e2e/**/*.test.ts'),
};

const chosen = process.argv.slice(2);
if (chosen.length === 0) chosen.push('unit', 'library', 'integration', 'e2e');

heading('package');
await packageExtension();
rmSync(countsFile, { force: true });

/** Suites that ended badly without saying which test it was. */
let broken = 0;
for (const name of chosen) {
  heading(name);
  const failedBefore = counts().failed;
  const succeeded = await run(name);
  if (!succeeded && counts().failed === failedBefore) broken++;
}

const { passed, failed, skipped } = counts();
console.log(`${passed} passed, ${failed + broken} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed + broken > 0 ? 1 : 0;

async function run(name: string): Promise<boolean> {
  const suite = suites[name];
  if (!suite) throw new Error(`No suite is called "${name}": ${Object.keys(suites).join(', ')}.`);
  try {
    return await suite();
  } catch (error) {
    console.error(error);
    return false;
  }
}

function mocha(files: string): boolean {
  return spawnSync(`mocha "${files}"`, { cwd: root, stdio: 'inherit', shell: true }).status === 0;
}

/** The sum of what the reporters of all runs have written. */
function counts(): { passed: number; failed: number; skipped: number } {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(countsFile)) return sum;
  for (const line of readFileSync(countsFile, 'utf8').trim().split('\n')) {
    const [passed = 0, failed = 0, skipped = 0] = line.split(' ').map(Number);
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(70 - text.length)}`);
}
