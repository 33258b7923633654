// Redirects the requests of extensions from a real origin to the origin that answers in its place:
// see realNames.ts. Node loads this file into the server by NODE_OPTIONS. The server would start its
// extension hosts without the variables below, so they are added. The editor wraps its own `fetch`
// around this one, so it handles proxies and certificates as usual. A new extension host also gets the
// variables of the file EXTENSION_HOST_ENVIRONMENT.

const childProcess = require('node:child_process');
const { syncBuiltinESMExports } = require('node:module');

const { readFileSync } = require('node:fs');

const { NODE_OPTIONS, REAL_NAMES, EXTENSION_HOST_ENVIRONMENT } = process.env;
const own = { NODE_OPTIONS, REAL_NAMES, EXTENSION_HOST_ENVIRONMENT };
const names = Object.entries(JSON.parse(REAL_NAMES));

const { fork } = childProcess;
childProcess.fork = (file, args, options) => {
  const variables = JSON.parse(readFileSync(EXTENSION_HOST_ENVIRONMENT, 'utf8'));
  return fork(file, args, { ...options, env: { ...options?.env, ...own, ...variables } });
};
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
