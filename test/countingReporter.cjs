// Writes how tests end to the file that TEST_RESULTS names, as lines of JSON: the runs in Node and in
// the extension host have nothing else in common. It prints as mocha's "spec" does where there is no
// such file or TEST_VERBOSE is set, and otherwise a dot for each test, which tells that they go on.
const { appendFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { format } = require('node:util');
const { Base, Spec } = require('mocha').reporters;

const { TEST_RESULTS: file, TEST_VERBOSE: verbose } = process.env;
const isQuiet = Boolean(file) && !verbose;

module.exports = class CountingReporter extends (isQuiet ? Base : Spec) {
  constructor(runner, options) {
    super(runner, options);
    const firstErrors = new Map();
    runner.on('retry', (test, error) => {
      const title = test.fullTitle();
      if (!firstErrors.has(title)) firstErrors.set(title, String(error?.message ?? error));
    });
    runner.on('pass', (test) => {
      const flaky = test.fullTitle();
      if (firstErrors.has(flaky)) write({ flaky, error: firstErrors.get(flaky) });
    });
    runner.on('pending', (test) => write({ skipped: test.fullTitle() }));
    runner.on('fail', (test) => write({ failed: test.fullTitle(), description: describe(test) }));
    if (isQuiet) runner.on('test end', () => Base.consoleLog('.'));
    // Of workers, all events come when a file is over: they measure themselves.
    if (!runner.isParallelMode()) measureSuites(runner);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      write({ counts: { passed: passes, failed: failures, skipped: pending } });
    });
  }
};

/** Notes how long each suite at the top takes, with its hooks. */
function measureSuites(runner) {
  const begun = new Map();
  runner.on('suite', (suite) => {
    if (suite.parent?.root) begun.set(suite, performance.now());
  });
  runner.on('suite end', (suite) => {
    if (!begun.has(suite)) return;
    write({ file: suite.file, ms: performance.now() - begun.get(suite) });
  });
}

/** The error as mocha prints it, with what differs and where. */
function describe(test) {
  const lines = [];
  const { consoleLog } = Base;
  Base.consoleLog = (...args) => lines.push(format(...args));
  try {
    Base.list([test]);
  } finally {
    Base.consoleLog = consoleLog;
  }
  return lines.join('\n').replace(/^\s*1\) /, '');
}

function write(result) {
  if (file) appendFileSync(file, `${JSON.stringify(result)}\n`);
}
