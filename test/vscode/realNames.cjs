// Sends what extensions fetch from a real origin to the one that plays it: see realNames.ts. Node
// loads it into the server, and the server into the extension hosts, which it would start without.
// The editor puts its own `fetch` over this one, so proxies and certificates stay its business.

const childProcess = require('node:child_process');
const { syncBuiltinESMExports } = require('node:module');

const { NODE_OPTIONS, REAL_NAMES } = process.env;
const names = Object.entries(JSON.parse(REAL_NAMES));

const { fork } = childProcess;
childProcess.fork = (file, args, options) =>
  fork(file, args, { ...options, env: { ...options?.env, NODE_OPTIONS, REAL_NAMES } });
syncBuiltinESMExports();

const { fetch, Request } = globalThis;
globalThis.fetch = (resource, init) => {
  const isRequest = resource instanceof Request;
  const url = isRequest ? resource.url : String(resource);
  const [real, playing] = names.find(([name]) => url.startsWith(`${name}/`)) ?? [];
  if (!real) return fetch(resource, init);
  const target = url.replace(real, playing);
  return fetch(isRequest ? new Request(target, resource) : target, init);
};
