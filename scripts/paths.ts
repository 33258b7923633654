import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
/** Everything that is made here and never committed. */
export const out = path.join(root, 'out');
/** The packaged extension; `npm start` and `npm test` make it first. */
export const vsix = path.join(out, 'spotify-authentication.vsix');
/** The example, an extension that asks for a session. */
export const example = path.join(root, 'examples', 'profile');
