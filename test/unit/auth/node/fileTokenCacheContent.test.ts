import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import {
  AuthorizationCode,
  ConfigurationError,
  FileTokenCache,
  isExpired,
} from '../../../../src/auth/index.ts';

/** About src/auth/node/fileTokenCache.ts. */
describe('FileTokenCache, reading its file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'token-cache-'));
    file = path.join(folder, 'token.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cache = () => new FileTokenCache({ path: file });

  it('is named in the error if it is damaged, but not if it is missing or was cleared', async () => {
    const signInNeeded = async () => {
      const auth = new AuthorizationCode({ clientId: 'an-app', tokenCache: cache() });
      const error: unknown = await auth.getAccessToken().catch((error: unknown) => error);
      return String(error).replace(/^AuthenticationError: /, '');
    };
    const plain = 'There is no refresh token: the user has to sign in.';
    assert.equal(await signInNeeded(), plain);
    for (const content of ['', '{}']) {
      await writeFile(file, content, { mode: 0o600 });
      assert.equal(await signInNeeded(), plain);
    }
    for (const [content, fault] of [
      ['{"access_token":"BQ', 'could not be read'],
      ['{"access_token":1}', 'has no token'],
    ] as const) {
      await writeFile(file, content);
      assert.equal(await signInNeeded(), plain.replace(':', ` (${file} ${fault}):`));
    }
  });

  const unusable: Record<string, string> = {
    'an empty file': '',
    'half a document': '{"access_token":"BQ',
    'an object without fields': '{}',
    'the beginning of a document': '{"acc',
    'what a crash leaves': '\0\0\0\0',
    null: 'null',
    'no access token': '{"expires_at":1}',
    'an empty access token': '{"access_token":"","expires_at":1}',
    'a number for the access token': '{"access_token":1,"expires_at":1}',
    'no expiry': '{"access_token":"BQx"}',
    'null for the expiry': '{"access_token":"BQx","expires_at":null}',
    'a word for the expiry': '{"access_token":"BQx","expires_at":"soon"}',
    'an empty string for the expiry': '{"access_token":"BQx","expires_at":""}',
    'a hexadecimal number for the expiry': '{"access_token":"BQx","expires_at":"0x10"}',
  };
  for (const [what, content] of Object.entries(unusable)) {
    it(`reads ${what} as no token, and leaves it as it is`, async () => {
      await writeFile(file, content);
      assert.equal(await cache().get(), undefined);
      assert.equal(await readFile(file, 'utf8'), content);
    });
  }

  it('reads a missing file and a path through a file as no token', async () => {
    await writeFile(file, '');
    for (const other of ['missing', 'token.json/x']) {
      const cache = new FileTokenCache({ path: path.join(folder, other) });
      assert.equal(await cache.get(), undefined);
    }
    assert.deepEqual(await readdir(folder), ['token.json']);
  });

  it('accepts a numeric string for expires_at, and ignores other fields of a wrong type', async () => {
    await writeFile(
      file,
      '{"access_token":"BQx","expires_at":"12.5","refresh_token":1,"scope":[]}',
    );
    assert.deepEqual(await cache().get(), { accessToken: 'BQx', expiresAt: 12.5 });
  });

  /** What a file may hold that is not ours. Each contains `hidden`. */
  const foreign: Record<string, string> = {
    'the settings of a program': '{"clientId":"hidden","clientSecret":"hidden"}',
    'settings beside fields of a token': '{"scope":"hidden","theme":"dark"}',
    'settings with comments': '{\n  // hidden\n  "clientId": "hidden"\n}',
    'half of the settings': '{"clientId":"hidden","client',
    'a list': '["hidden"]',
    'a list of tokens': '[{"access_token":"hidden","expires_at":1}]',
    'a string': '"hidden"',
    'variables of the environment': 'SPOTIFY_SDK_CLIENT_SECRET=hidden\n',
  };
  for (const [what, content] of Object.entries(foreign)) {
    it(`neither reads, replaces nor deletes ${what}`, async () => {
      await writeFile(file, content);
      const token = { accessToken: 'BQx', expiresAt: 1 };
      for (const use of [() => cache().get(), () => cache().set(token), () => cache().clear()]) {
        await assert.rejects(use, (error: Error) => {
          assert.equal(error.name, 'ConfigurationError');
          assert.ok(error.message.includes(file), error.message);
          assert.match(error.message, /Choose another path/);
          assert.doesNotMatch(error.message, /hidden/);
          return true;
        });
      }
      assert.equal(await readFile(file, 'utf8'), content);
      assert.deepEqual(await readdir(folder), ['token.json']);
    });
  }

  it('replaces a token with fields that it does not know, as other libraries write them', async () => {
    const token = { accessToken: 'BQnew', expiresAt: 2 };
    for (const field of ['"access_token":"BQx"', '"access_token":null', '"refresh_token":"AQx"']) {
      await writeFile(file, `{${field}}`);
      await cache().set(token);
      assert.deepEqual(await cache().get(), token);
    }
    await writeFile(file, '{"token_type":"Bearer","access_token":"BQx","expires_at":1,"x":{}}');
    assert.equal((await cache().get())?.accessToken, 'BQx');
    await cache().set(token);
    assert.deepEqual(await cache().get(), token);
  });

  const value = fc.oneof(fc.jsonValue(), fc.string(), fc.integer());
  const fields = { access_token: value, expires_at: value, refresh_token: value, scope: value };
  const record = fc.record(fields, { requiredKeys: [] }).map((all) => JSON.stringify(all));
  const contents = fc.oneof({ weight: 2, arbitrary: record }, fc.json(), fc.uint8Array());

  it('never invents a token, never overwrites the file, and refuses only what is not a token', async () => {
    // At once, since a file without JSON is read for 300 ms.
    await Promise.all(fc.sample(contents, 300).map(readsTruly));
  }).timeout(30_000);

  async function readsTruly(content: string | Uint8Array, index: number): Promise<void> {
    const path = `${file}-${index}`;
    await writeFile(path, content);
    const found = await new FileTokenCache({ path }).get().catch((error: unknown) => {
      assert.ok(error instanceof ConfigurationError);
      assert.doesNotMatch(String(content), /"access_token":/);
      return undefined;
    });
    assert.deepEqual(await readFile(path), Buffer.from(content as string));
    if (!found) return;
    const given = JSON.parse(String(content)) as Record<string, unknown>;
    assert.equal(found.accessToken, given['access_token']);
    assert.equal(found.expiresAt, Number(given['expires_at']));
    assert.ok([given['refresh_token'], undefined].includes(found.refreshToken));
    assert.ok([given['scope'], undefined].includes(found.scope));
  }

  it('stores and deletes a token beside a folder that is named like a leftover', async () => {
    await mkdir(`${file}.${randomUUID()}.tmp`);
    const [leftover = ''] = await readdir(folder);
    await utimes(path.join(folder, leftover), 0, 0);
    await cache().set({ accessToken: 'BQx', expiresAt: 1 });
    assert.equal((await cache().get())?.accessToken, 'BQx');
    await cache().clear();
    assert.deepEqual(await readdir(folder), [leftover]);
  });

  it('skips a byte order mark', async () => {
    await writeFile(file, '\uFEFF{"access_token":"BQx","expires_at":1}');
    assert.deepEqual(await cache().get(), { accessToken: 'BQx', expiresAt: 1 });
  });

  it('reads a file that is not UTF-8 as no token', async () => {
    await writeFile(file, Buffer.from('{"access_token":"BQ\xFF","expires_at":1}', 'latin1'));
    assert.equal(await cache().get(), undefined);
    await writeFile(file, Buffer.from('\uFEFF{"access_token":"BQx","expires_at":1}', 'utf16le'));
    assert.equal(await cache().get(), undefined);
  });

  it('keeps the refresh token beside an empty access token, which counts as expired', async () => {
    await writeFile(file, '{"access_token":"","expires_at":4e9,"refresh_token":"AQx"}');
    const token = await cache().get();
    assert.equal(token?.refreshToken, 'AQx');
    assert.ok(isExpired(token, 0));
  });

  it('finds the token of a file that is written without a pause', async () => {
    const text = JSON.stringify({ access_token: 'BQ'.repeat(200), expires_at: 1 });
    // This process writes, so that on a busy machine no half file stays for longer than a reading.
    // Each reading counts as 5 ms: on a busy machine a few would take the whole 300 ms.
    let now = 0;
    const clock = mock.method(performance, 'now', () => (now += 5));
    const writing = new AbortController();
    let halves = 0;
    const written = (async () => {
      for (; !writing.signal.aborted; halves++) {
        writeFileSync(file, text.slice(0, 200));
        await immediate();
        writeFileSync(file, text);
        // For a random time, so that no rhythm of readings meets only halves.
        do await immediate();
        while (Math.random() < 0.5);
      }
    })();
    let missed = 0;
    for (let i = 0; i < 50; i++) if (!(await cache().get())) missed++;
    writing.abort();
    await written;
    clock.mock.restore();
    assert.ok(halves > 50, `the file was written only ${halves} times`);
    assert.equal(missed, 0);
  });

  it('waits for the rest of a file that another program is writing', async () => {
    const text = '{"access_token":"BQx","expires_at":1}';
    await writeFile(file, text.slice(0, 20));
    const reading = cache().get();
    await delay(100);
    await appendFile(file, text.slice(20));
    assert.deepEqual(await reading, { accessToken: 'BQx', expiresAt: 1 });
  });
});
