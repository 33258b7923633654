// Prints as mocha's "spec" does, and adds the numbers to the file that TEST_COUNTS names: the
// runs in Node and in the extension host have nothing else in common.
const { appendFileSync } = require('node:fs');
const { Spec } = require('mocha').reporters;

module.exports = class CountingReporter extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('retry', ({ title }, { message }) => {
      console.log(`    tried again: ${title}: ${message}`);
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (!process.env.TEST_COUNTS) return;
      appendFileSync(process.env.TEST_COUNTS, `${passes} ${failures} ${pending}\n`);
    });
  }
};
