import process from 'node:process';
import { ownEnvironment } from '../test/vscode/environment.ts';
import type { TestRun } from './testRun.ts';

/** The kinds that `npm test` runs, the longest first, so that no long one runs alone at the end. */
export const ALL_KINDS: readonly string[] = ['unit', 'e2e', 'integration', 'processes', 'library'];

/** The kinds that run in an editor with our package or its bundles. */
export const IN_EDITOR: readonly string[] = ['integration', 'desktop', 'e2e'];

/** The unit tests that wait for time to pass begin first. The others use the cores meanwhile. */
const UNIT = ['{sessions,node}/**/', 'auth/**/', '!(sessions|node|auth)/**/', ''].map(
  (folder) => `test/unit/${folder}*.test.ts`,
);
/** Makes an unhandled rejection a failure, for tests that run only our own code. */
const STRICT = '--require ./test/unhandledRejections.cjs';
/** Retries a test once, because a busy machine may draw a window too late for a click. */
const CLICKS = '--require ./test/e2e/rootHooks.ts --retries 1';
/** The tests that share an editor with consumers. */
const CONSUMERS = 'test/e2e/{appTokens,consumers*,ownClient,web*}.test.ts';

/**
 * Returns the runs of a kind of tests. Two of them may go on at the same time.
 * @throws Error if the kind is unknown
 */
export function runsOf(kind: string): TestRun[] {
  const own = ownEnvironment();
  // Runs that install something keep the user’s proxy. The editors are started without it.
  const { env } = process;
  switch (kind) {
    case 'unit':
      return [{ ...mocha(kind, `--parallel --jobs 8 ${STRICT}`, UNIT), env: own, isAlone: true }];
    case 'processes':
      return [{ ...mocha(kind, `--parallel --jobs 2 ${STRICT}`), env: own }];
    case 'library':
      return [{ ...mocha(kind), env }];
    case 'integration':
      return [
        { name: kind, command: 'node scripts/runIntegrationTests.ts', env, needsEditor: true },
      ];
    case 'desktop':
      return [
        {
          name: kind,
          command: 'node scripts/runIntegrationTests.ts desktop',
          env,
          needsEditor: true,
        },
      ];
    case 'e2e':
      return [
        { ...mocha(kind, `${CLICKS} --ignore "${CONSUMERS}"`), env, needsEditor: true },
        { ...mocha('e2e with consumers', CLICKS, [CONSUMERS]), env, needsEditor: true },
      ];
    default:
      throw new Error(`Unknown kind of tests: ${kind}.`);
  }
}

function mocha(name: string, args = '', files = [`test/${name}/**/*.test.ts`]) {
  return { name, command: `mocha ${args} ${files.map((file) => `"${file}"`).join(' ')}` };
}
