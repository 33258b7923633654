// What the extension host runs as its tests: it runs the real ones, and marks what they print,
// since the workbench mixes its own log into the same stream. CommonJS, because the host wants it.

const { Console } = require('node:console');
const { Writable } = require('node:stream');

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
  await require(process.env.TESTS_PATH).run();
};
