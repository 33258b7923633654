import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { FileTokenCache, type TokenInfo } from '../../../src/auth/index.ts';

// Not the whole library: 200 processes load it.
const library = new URL('../../../src/auth/fileTokenCache.ts', import.meta.url).href;

const TOKEN: TokenInfo = {
  accessToken: 'BQx',
  expiresAt: 1_790_000_000.25,
  refreshToken: 'AQx',
  scope: 'user-read-private user-top-read',
};

describe('FileTokenCache', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'token-cache-'));
    file = path.join(folder, 'token.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cache = () => new FileTokenCache({ path: file });

  it('writes what the Python package writes, byte for byte', async () => {
    await cache().set(TOKEN);
    assert.equal(
      await readFile(file, 'utf8'),
      '{"access_token":"BQx","expires_at":1790000000.25,"refresh_token":"AQx","scope":"user-read-private user-top-read"}',
    );
    await cache().set({ accessToken: 'BQx', expiresAt: 1 });
    assert.equal(
      await readFile(file, 'utf8'),
      '{"access_token":"BQx","expires_at":1,"refresh_token":null,"scope":null}',
    );
  });

  it('makes the folders and leaves nothing else in them', async () => {
    const deep = path.join(folder, 'a', 'b', 'token.json');
    await new FileTokenCache({ path: deep }).set(TOKEN);
    assert.deepEqual(await new FileTokenCache({ path: deep }).get(), TOKEN);
    assert.deepEqual(await readdir(path.dirname(deep)), ['token.json']);
  });

  it('is the user’s alone, whatever the umask', async function () {
    if (process.platform === 'win32') {
      console.log('      skipped: Windows has no file modes');
      return this.skip();
    }
    const script = `
      process.umask(0);
      const { FileTokenCache } = await import(${JSON.stringify(library)});
      await new FileTokenCache({ path: ${JSON.stringify(file)} }).set({ accessToken: 'x', expiresAt: 1 });
    `;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('begins at ~ and at the working directory', async () => {
    const inHome = path.join('.cache', path.basename(folder), 'token.json');
    await new FileTokenCache({ path: `~/${inHome}` }).set(TOKEN);
    const home = new FileTokenCache({ path: path.join(homedir(), inHome) });
    assert.deepEqual(await home.get(), TOKEN);
    await rm(path.join(homedir(), path.dirname(inHome)), { recursive: true });

    const before = process.cwd();
    process.chdir(folder);
    try {
      await new FileTokenCache().set(TOKEN);
    } finally {
      process.chdir(before);
    }
    assert.deepEqual(await readdir(folder), ['.spotify_sdk_token.json']);
  });

  const unusable: Record<string, string> = {
    'an empty file': '',
    'half a document': '{"access_token":"BQ',
    'a list': '[]',
    null: 'null',
    'no access token': '{"expires_at":1}',
    'an empty access token': '{"access_token":"","expires_at":1}',
    'a number for the access token': '{"access_token":1,"expires_at":1}',
    'no expiry': '{"access_token":"BQx"}',
    'null for the expiry': '{"access_token":"BQx","expires_at":null}',
    'a word for the expiry': '{"access_token":"BQx","expires_at":"soon"}',
    'an empty string for the expiry': '{"access_token":"BQx","expires_at":""}',
  };
  for (const [what, content] of Object.entries(unusable)) {
    it(`reads ${what} as no token, and leaves it as it is`, async () => {
      await writeFile(file, content);
      assert.equal(await cache().get(), undefined);
      assert.equal(await readFile(file, 'utf8'), content);
    });
  }

  it('reads a missing file and a folder as no token', async () => {
    assert.equal(await cache().get(), undefined);
    assert.equal(await new FileTokenCache({ path: folder }).get(), undefined);
  });

  it('takes a numeric string for the expiry, and drops what has a wrong type beside it', async () => {
    await writeFile(
      file,
      '{"access_token":"BQx","expires_at":"12.5","refresh_token":1,"scope":[]}',
    );
    assert.deepEqual(await cache().get(), { accessToken: 'BQx', expiresAt: 12.5 });
  });

  it('keeps the old file and no other when it cannot be replaced', async () => {
    const occupied = path.join(folder, 'occupied');
    await new FileTokenCache({ path: path.join(occupied, 'inside') }).set(TOKEN);
    await assert.rejects(new FileTokenCache({ path: occupied }).set(TOKEN));
    assert.deepEqual(await readdir(folder), ['occupied']);
  });

  it('gives back whatever it was given', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const token = fc.record(
      {
        accessToken: text,
        expiresAt: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
        refreshToken: text,
        scope: text,
      },
      { requiredKeys: ['accessToken', 'expiresAt'], noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(token, async (given) => {
        await cache().set(given);
        assert.deepEqual(await cache().get(), given);
      }),
      { numRuns: 200 },
    );
  }).timeout(30_000);

  it('never rejects and never invents, whatever the file holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), async (content) => {
        await writeFile(file, content);
        const found = await cache().get();
        assert.ok(found === undefined || content.includes('access_token'));
      }),
      { numRuns: 200 },
    );
  }).timeout(30_000);

  it('is whole after each of 200 kills in the middle of a set', async () => {
    const script = `
      const { FileTokenCache } = await import(${JSON.stringify(library)});
      const cache = new FileTokenCache({ path: ${JSON.stringify(file)} });
      for (let i = 1; ; i++) {
        await cache.set({ accessToken: 'x'.repeat(i * 1000), expiresAt: i });
        if (i === 1) process.send('writing');
      }
    `;
    // Starting a process takes longer than killing it, so several are on their way.
    let kills = 0;
    const killThemOneByOne = async () => {
      while (kills++ < 200) {
        const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        await once(child, 'message');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        child.kill('SIGKILL');
        await once(child, 'exit');
        assert.ok(await cache().get(), `unreadable after kill ${kills}`);
      }
    };
    await Promise.all(Array.from({ length: 4 }, killThemOneByOne));
  }).timeout(120_000);
});
