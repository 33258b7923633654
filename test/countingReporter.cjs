// Writes the results of tests to the file that TEST_RESULTS names, as lines of JSON. A file is the
// only way that works both in Node and in the extension host. Without TEST_RESULTS, or with
// TEST_VERBOSE, prints like mocha’s reporter "spec". Otherwise prints a dot for each test, which
// shows that the run goes on.
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
    runner.on('fail', (test) => {
      const failed = test.fullTitle();
      const first = firstErrors.get(failed);
      const description = describe(test) + (first ? `\n  At first it failed with: ${first}` : '');
      write({ failed, description });
    });
    if (isQuiet) runner.on('test end', () => Base.consoleLog('.'));
    // A worker sends all events at the end of a file, so it measures the time itself.
    if (!runner.isParallelMode()) measureSuites(runner);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      write({ counts: { passed: passes, failed: failures, skipped: pending } });
    });
  }
};

/** Writes how long each top-level suite takes, with its hooks. */
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

/** Returns the error as mocha prints it, with the difference and the stack. */
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
