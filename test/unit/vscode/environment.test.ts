import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realTemporaryFolder } from '../../vscode/environment.ts';

/** About test/vscode/environment.ts. */
describe('the environment of a test run', () => {
  it('names the folder for temporary files by its real path, as macOS does not', async () => {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'real-')));
    const link = `${folder}-link`;
    await symlink(folder, link, 'junction');
    const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
    const before = process.env[variable];
    process.env[variable] = link;
    try {
      assert.equal(realTemporaryFolder()[variable], folder);
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, variable);
      else process.env[variable] = before;
      await rm(link, { recursive: true });
      await rm(folder, { recursive: true });
    }
  });
});
