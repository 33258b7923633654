import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/paths.ts';
import { TESTED_NODE, testedNode } from './testedNode.ts';

/** Quick tests of what depends on Node: HTTP in both directions, proxies, streams and files. */
const FILES = [
  'answerBody',
  'environmentProxies',
  'transport',
  'node/hostileCallbacks',
  'node/loopbackServer',
  'node/untrustedTokenFile',
];

const hook = pathToFileURL(path.join(import.meta.dirname, 'typesHook.mjs'));
// mocha needs `require` of ES modules, which later Nodes have without this option.
const NODE_OPTIONS = `--import=${hook.href} --experimental-require-module --disable-warning=ExperimentalWarning`;

describe(`the tests of the library, in Node ${TESTED_NODE}`, function () {
  this.timeout(120_000);

  it('pass', () => {
    const files = FILES.map((file) => `test/unit/auth/${file}.test.ts`);
    const mocha = path.join('node_modules', 'mocha', 'bin', 'mocha.js');
    const { status, stdout } = spawnSync(
      testedNode(),
      [mocha, '--exit', '--reporter', 'dot', ...files],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS, TEST_RESULTS: '' } },
    );
    assert.equal(status, 0, stdout);
    assert.match(stdout, /\d+ passing/);
  });
});
