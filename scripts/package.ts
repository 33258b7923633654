/**
 * Packages the extension: `npm run package -- --out out/spotify-authentication.vsix`. The folder is made if
 * it is missing, as in a fresh clone.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './packageExtension.ts';
import { root, vsix } from './paths.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: vsix } } });
const file = path.resolve(root, values.out);
await packageExtension({ file, report: console.log });
