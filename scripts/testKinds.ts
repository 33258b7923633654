import process from 'node:process';
import { ownEnvironment } from '../test/vscode/environment.ts';
import type { TestRun } from './testRun.ts';

/** What `npm test` runs, the longest first: what begins last decides how long it waits for the rest. */
export const ALL_KINDS: readonly string[] = ['unit', 'e2e', 'integration', 'processes', 'library'];

/** What runs in an editor, which is given our package or what that is made of. */
export const IN_EDITOR: readonly string[] = ['integration', 'desktop', 'e2e'];

/** Those that wait for time to pass begin first, beside which the others have the processors. */
const UNIT = ['{sessions,node}/**/', 'auth/**/', '!(sessions|node|auth)/**/', ''].map(
  (folder) => `test/unit/${folder}*.test.ts`,
);
/** Where nothing but our own code runs, no rejection may go unhandled. */
const STRICT = '--require ./test/unhandledRejections.cjs';
/** A busy machine may draw a window too late for a click: the summary names what was tried again. */
const CLICKS = '--require ./test/e2e/rootHooks.ts --retries 1';
/** Those with an editor of the same kind, which they share. */
const CONSUMERS = 'test/e2e/{appTokens,consumers*,ownClient,web*}.test.ts';

/**
 * The runs of a kind of tests; two of them may go on at once.
 * @throws Error when there is no such kind
 */
export function runsOf(kind: string): TestRun[] {
  const own = ownEnvironment();
  // These install what they need, perhaps through a proxy, and start editors without it.
  const { env } = process;
  switch (kind) {
    case 'unit':
      return [{ ...mocha(kind, `--parallel --jobs 6 ${STRICT}`, UNIT), env: own, isAlone: true }];
    case 'processes':
      return [{ ...mocha(kind, `--parallel ${STRICT}`), env: own }];
    case 'library':
      return [{ ...mocha(kind), env }];
    case 'integration':
      return [{ name: kind, command: 'node scripts/runIntegrationTests.ts', env }];
    case 'desktop':
      return [{ name: kind, command: 'node scripts/runIntegrationTests.ts desktop', env }];
    case 'e2e':
      return [
        { ...mocha(kind, `${CLICKS} --ignore "${CONSUMERS}"`), env },
        { ...mocha('e2e with consumers', CLICKS, [CONSUMERS]), env },
      ];
    default:
      throw new Error(`There is no kind of tests called ${kind}.`);
  }
}

function mocha(name: string, args = '', files = [`test/${name}/**/*.test.ts`]) {
  return { name, command: `mocha ${args} ${files.map((file) => `"${file}"`).join(' ')}` };
}
