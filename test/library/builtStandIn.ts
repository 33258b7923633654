import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';

const built = path.join(root, 'dist', 'stand-in');
let isBuilt = false;

/** Builds the npm package of the stand-in, once for all tests of this process. Returns its folder. */
export function buildStandIn(): string {
  if (!isBuilt) {
    execFileSync(process.execPath, ['scripts/buildStandIn.ts'], { cwd: root, stdio: 'inherit' });
  }
  isBuilt = true;
  return built;
}
