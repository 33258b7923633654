// The file that the extension host runs as its tests. It runs the real tests, and marks each line of
// their output, because the workbench writes its own log to the same stream. The extension host
// loads only CommonJS.

const { Console } = require('node:console');
const { Writable } = require('node:stream');
const { pathToFileURL } = require('node:url');
const { takeCoverage } = require('node:v8');

const hostConsole = console;

const output = new Writable({
  decodeStrings: false,
  write(text, _encoding, done) {
    hostConsole.log(process.env.TESTS_MARK, text.replace(/\n$/, ''));
    done();
  },
});

exports.run = async () => {
  // The host's console ignores changes to its methods.
  globalThis.console = new Console(output);
  const { run } = await import(pathToFileURL(process.env.TESTS_PATH).href);
  try {
    await run();
  } finally {
    // The editor is killed afterwards, and then writes nothing.
    if (process.env.NODE_V8_COVERAGE) takeCoverage();
  }
};
