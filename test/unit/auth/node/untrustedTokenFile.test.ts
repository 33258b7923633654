import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, lstat, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FileTokenCache } from '../../../../src/auth/index.ts';

const TEXT = '{"access_token":"BQx","expires_at":1}';
const TOKEN = { accessToken: 'BQx', expiresAt: 1 };

/** About src/auth/node/fileTrust.ts. */
describe('FileTokenCache, with a file that it must not use', () => {
  let folder: string;
  let file: string;

  before(function () {
    if (process.platform !== 'win32') return;
    console.log('      skipped: Windows has no owners, modes and named pipes of this kind');
    this.skip();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'token-cache-'));
    file = path.join(folder, 'token.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cache = () => new FileTokenCache({ path: file });
  const refusal = (reason: RegExp) => (error: Error) => {
    assert.equal(error.name, 'ConfigurationError');
    assert.match(error.message, reason);
    assert.ok(error.message.includes(file), error.message);
    // The random name of the folder may contain anything.
    assert.doesNotMatch(error.message.replaceAll(folder, ''), /BQ/);
    return true;
  };

  /** The ways to make something that is not a file. */
  const others: Record<string, () => unknown> = {
    'a named pipe': () => execFileSync('mkfifo', [file]),
    'a folder': () => execFileSync('mkdir', [file]),
    'a link to a device': () => execFileSync('ln', ['-s', '/dev/null', file]),
  };
  for (const [what, make] of Object.entries(others)) {
    it(`refuses ${what} at once, and leaves it as it is`, async () => {
      make();
      const { mode } = await lstat(file);
      await assert.rejects(cache().get(), {
        name: 'ConfigurationError',
        message: / is not a file/,
      });
      for (const use of [() => cache().set(TOKEN), () => cache().clear()]) {
        await assert.rejects(use, { name: 'ConfigurationError', message: / is not a file/ });
      }
      assert.equal((await lstat(file)).mode, mode);
    });
  }

  for (const mode of [0o666, 0o660, 0o602]) {
    it(`refuses to read a file with mode ${mode.toString(8)}, and replaces it by a private one`, async () => {
      await writeFile(file, TEXT);
      await chmod(file, mode);
      await assert.rejects(cache().get(), refusal(/^Other users may write to .*chmod 600/));
      assert.equal((await stat(file)).mode & 0o777, mode);
      await cache().set(TOKEN);
      assert.deepEqual(await cache().get(), TOKEN);
    });
  }

  it('reads a file that others may write to only while Python creates it', async () => {
    await writeFile(file, TEXT);
    await chmod(file, 0o666);
    const reading = cache().get();
    await delay(50);
    await chmod(file, 0o600);
    assert.deepEqual(await reading, TOKEN);
  });

  it('refuses a file of another user', async function () {
    if (process.getuid?.() !== 0) {
      console.log('      skipped: only root can make a file of another user');
      this.skip();
    }
    await writeFile(file, TEXT, { mode: 0o600 });
    await chown(file, 12345, 12345);
    await assert.rejects(cache().get(), refusal(/ belongs to another user/));
    await assert.rejects(cache().set(TOKEN), refusal(/ belongs to another user/));
    await assert.rejects(cache().clear(), refusal(/ belongs to another user/));
    assert.equal(await readFile(file, 'utf8'), TEXT);
    assert.equal((await stat(file)).uid, 12345);
  });
});
