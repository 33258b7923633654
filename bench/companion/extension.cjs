// Runs in the extension host before other extensions, and notes how they start.
const Module = require('node:module');

/** By the path of an entry: how long it loaded, and how long `activate` took, in milliseconds. */
const starts = new Map();

function timed(file, exports) {
  return {
    ...exports,
    activate: (context) => {
      const begin = performance.now();
      const exported = exports.activate(context);
      starts.get(file).activate = performance.now() - begin;
      return exported;
    },
  };
}

const load = Module._load;
Module._load = function (request, parent, ...others) {
  const begin = performance.now();
  const exports = load.call(this, request, parent, ...others);
  const time = performance.now() - begin;
  if (typeof exports?.activate !== 'function') return exports;
  const file = Module._resolveFilename(request, parent);
  if (starts.has(file)) return exports;
  starts.set(file, { load: time });
  return timed(file, exports);
};

// The measurements also need the SecretStorage and the Memento of a real extension.
exports.activate = (context) => ({ context, starts });
