import process from 'node:process';
import { ownEnvironment } from '../test/vscode/environment.ts';
import type { TestRun } from './testRun.ts';

/** What `npm test` runs. */
export const ALL_KINDS: readonly string[] = ['unit', 'processes', 'library', 'integration', 'e2e'];

/** Where nothing but our own code runs, no rejection may go unhandled. */
const STRICT = '--require ./test/unhandledRejections.cjs';
/** A busy machine may draw a window too late for a click: the summary names what was tried again. */
const CLICKS = '--require ./test/e2e/rootHooks.ts --retries 1';

/**
 * The runs of a kind of tests.
 * @throws Error when there is no such kind
 */
export function runsOf(kind: string): TestRun[] {
  const own = ownEnvironment();
  // These install what they need, perhaps through a proxy, and start editors without it.
  const { env } = process;
  switch (kind) {
    case 'unit':
      return [{ ...mocha(kind, `--parallel --jobs 4 ${STRICT}`), env: own }];
    case 'processes':
      return [{ ...mocha(kind, `--parallel ${STRICT}`), env: own }];
    case 'library':
      return [{ ...mocha(kind), env }];
    case 'integration':
      return [{ name: kind, command: 'node scripts/runIntegrationTests.ts', env }];
    case 'desktop':
      return [{ name: kind, command: 'node scripts/runIntegrationTests.ts desktop', env }];
    case 'e2e':
      return [{ ...mocha(kind, CLICKS), env }];
    default:
      throw new Error(`There is no kind of tests called ${kind}.`);
  }
}

function mocha(name: string, args = '') {
  return { name, command: `mocha ${args} "test/${name}/**/*.test.ts"` };
}
