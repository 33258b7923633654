import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from '../../scripts/paths.ts';
import { installLibrary, library, manifestOf } from './installedLibrary.ts';

describe('the npm package, as it is published', function () {
  this.timeout(120_000);
  let tarball: string;

  before(async () => ({ tarball } = await installLibrary()));

  it('has right types for every kind of module resolution: @arethetypeswrong/cli', async () => {
    const attw = path.join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
    const run = promisify(execFile)(process.execPath, [attw, tarball, '--no-color', '--no-emoji']);
    const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
    assert.match(stdout, /No problems found/);
  });

  it('follows the rules of npm and Node: publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: library, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  it('says whose it is, and is public, with provenance', async () => {
    const manifest = await manifestOf(library);
    for (const field of ['author', 'bugs', 'description', 'homepage', 'keywords', 'license']) {
      assert.ok(manifest[field], field);
    }
    assert.deepEqual(manifest['publishConfig'], { access: 'public', provenance: true });
  });
});
