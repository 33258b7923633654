import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';
import { ConfigurationError, FileTokenCache, type TokenInfo } from '../../../../src/auth/index.ts';

const source = fileURLToPath(
  new URL('../../../../src/auth/node/fileTokenCache.ts', import.meta.url),
);
const RUN = ['--input-type=module', '--eval'];

const TOKEN: TokenInfo = {
  accessToken: 'BQx',
  expiresAt: 1_790_000_000.25,
  refreshToken: 'AQx',
  scope: 'user-read-private user-top-read',
};

/** The content of a token file before it is replaced. */
const OLD = '{"access_token":"BQold","expires_at":1}';

function skipOnWindows(test: Mocha.Context, reason: string): void {
  if (process.platform !== 'win32') return;
  console.log(`      skipped: ${reason}`);
  test.skip();
}

describe('FileTokenCache', () => {
  let folder: string;
  let file: string;
  /** The class as JavaScript, which 200 processes load. */
  let library: string;

  before(async () => {
    const outfile = path.join(await mkdtemp(path.join(tmpdir(), 'library-')), 'fileTokenCache.mjs');
    await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', outfile });
    library = pathToFileURL(outfile).href;
  });
  after(() => rm(path.dirname(fileURLToPath(library)), { recursive: true }));
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

  it('creates the folders and leaves nothing else in them', async () => {
    const deep = path.join(folder, 'a', 'b', 'token.json');
    await new FileTokenCache({ path: deep }).set(TOKEN);
    assert.deepEqual(await new FileTokenCache({ path: deep }).get(), TOKEN);
    assert.deepEqual(await readdir(path.dirname(deep)), ['token.json']);
  });

  /** Returns a program that runs `first`, then sets a long token 20 times. */
  const setsAfter = (first: string) => `
    ${first}
    const { FileTokenCache } = await import(${JSON.stringify(library)});
    const cache = new FileTokenCache({ path: ${JSON.stringify(file)} });
    for (let i = 1; i <= 20; i++) await cache.set({ accessToken: 'x'.repeat(1e6), expiresAt: i });
  `;

  it('creates a file that only its owner may read, whatever the umask', async function () {
    skipOnWindows(this, 'Windows has no file modes');
    const script = setsAfter('process.umask(0);');
    const child = spawn(process.execPath, [...RUN, script]);
    const seen = new Map<string, number>();
    while (child.exitCode === null) {
      for (const name of readdirSync(folder)) {
        const found = statSync(path.join(folder, name), { throwIfNoEntry: false });
        if (found) seen.set(name, (seen.get(name) ?? 0) | (found.mode & 0o777));
      }
      await setImmediate();
    }
    assert.ok(seen.size > 1, 'no file was seen before it got its name');
    assert.deepEqual([...new Set(seen.values())], [0o600]);
  });

  it('accepts a path that begins with ~, or at the working directory', async () => {
    const home = process.platform === 'win32' ? 'USERPROFILE' : 'HOME';
    const before = { directory: process.cwd(), home: process.env[home] };
    process.chdir(folder);
    process.env[home] = path.join(folder, 'home $&');
    try {
      await new FileTokenCache().set(TOKEN);
      await new FileTokenCache({ path: '~/a/token.json' }).set(TOKEN);
      await new FileTokenCache({ path: '~other' }).set(TOKEN);
    } finally {
      process.chdir(before.directory);
      process.env[home] = before.home;
    }
    const found = (await readdir(folder)).sort();
    assert.deepEqual(found, ['.spotify_sdk_token.json', 'home $&', '~other']);
    assert.deepEqual(await readdir(path.join(folder, 'home $&', 'a')), ['token.json']);
  });

  it('keeps the old file, and leaves no other, when it cannot be replaced', async () => {
    const occupied = path.join(folder, 'occupied');
    const inside = new FileTokenCache({ path: path.join(occupied, 'inside') });
    await inside.set(TOKEN);
    await assert.rejects(new FileTokenCache({ path: occupied }).set(TOKEN));
    assert.deepEqual(await readdir(folder), ['occupied']);
    assert.deepEqual(await inside.get(), TOKEN);
  });

  it('keeps the old file, and leaves no other, when only a part of the new one can be written', async function () {
    skipOnWindows(this, 'Windows has no limit for the size of files');
    await cache().set(TOKEN);
    const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
    const args = ['-c', limited, process.execPath, ...RUN, setsAfter('')];
    const failed = promisify(execFile)('/bin/sh', args);
    await assert.rejects(failed, /EFBIG/);
    assert.deepEqual(await cache().get(), TOKEN);
    assert.deepEqual(await readdir(folder), ['token.json']);
  });

  it('replaces the old file as a whole: its mode is lost, open readers can read on', async function () {
    skipOnWindows(this, 'Windows has no file modes and replaces no open file');
    await writeFile(file, OLD, { mode: 0o644 });
    const reader = await open(file);
    await cache().set(TOKEN);
    assert.equal(await reader.readFile('utf8'), OLD);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    await reader.close();
  });

  it('keeps its file when it is given a token that it could not read again', async () => {
    await cache().set(TOKEN);
    await assert.rejects(cache().set({ ...TOKEN, expiresAt: NaN }), ConfigurationError);
    await assert.rejects(cache().set({ ...TOKEN, accessToken: '' }), ConfigurationError);
    assert.deepEqual(await cache().get(), TOKEN);
  });

  it('removes the temporary files of killed processes, and nothing else', async () => {
    const names = [1, 2].map(() => `token.json.${randomUUID()}.tmp`);
    const others = ['token.json.tmp', `other.json.${randomUUID()}.tmp`];
    for (const name of [...names, ...others]) {
      await writeFile(path.join(folder, name), 'half a tok');
      // The second may not be deleted yet.
      if (name !== names[1]) await utimes(path.join(folder, name), 0, 0);
    }
    await cache().set(TOKEN);
    const left = ['token.json', names[1], ...others].sort();
    assert.deepEqual((await readdir(folder)).sort(), left);
  });

  it('returns the token that it was given, whatever its values', async () => {
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

  it('has a complete file after each of 200 kills during set', async () => {
    const script = `
      const { FileTokenCache } = await import(${JSON.stringify(library)});
      const cache = new FileTokenCache({ path: ${JSON.stringify(file)} });
      for (let i = 1; ; i++) {
        await cache.set({ accessToken: 'x'.repeat(i * 1000), expiresAt: i });
        if (i === 1) process.send('writing');
      }
    `;
    // Starting a process takes longer than killing it, so several start at a time.
    let kills = 0;
    const killThemOneByOne = async () => {
      while (kills++ < 200) {
        const child = spawn(process.execPath, [...RUN, script], {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        await once(child, 'message');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        child.kill('SIGKILL');
        await once(child, 'exit');
        const token = await cache().get();
        assert.ok(token, `unreadable after kill ${kills}`);
        assert.equal(token.accessToken.length, token.expiresAt * 1000);
      }
    };
    await Promise.all(Array.from({ length: 4 }, killThemOneByOne));
    assert.ok((await readdir(folder)).length > 1, 'no kill was in the middle of a set');
  }).timeout(120_000);
});
