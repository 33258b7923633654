import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
/** The folder of generated files, which are never committed. */
export const out = path.join(root, 'out');
/** The packaged extension. `npm start` and `npm test` build it first. */
export const vsix = path.join(out, 'spotify-authentication.vsix');
/** The example extension that requests a session. */
export const example = path.join(root, 'examples', 'profile');
