// Theia saves globalState every 60 to 70 seconds, at a random time, and not at its end. Node loads this file
// into its server by NODE_OPTIONS, so that the tests do not wait that long.

const { setTimeout } = globalThis;
const isSaving = (ms) => ms > 60_000 && ms < 70_000 && !Number.isInteger(ms);

globalThis.setTimeout = Object.assign(
  (action, ms, ...args) => setTimeout(action, isSaving(ms) ? 100 : ms, ...args),
  setTimeout,
);
