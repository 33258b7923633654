import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileTokenCache } from '../../../../src/auth/index.ts';
import { changeTokenFile } from '../../../../src/auth/node/tokenFile.ts';

/** About `expire` of src/auth/node/fileTokenCache.ts. */
describe('a token of a file that is marked as expired', () => {
  let folder: string;
  let file: string;
  let cache: FileTokenCache;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'token-cache-'));
    file = path.join(folder, 'token.json');
    cache = new FileTokenCache({ path: file });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('replaces no token that another process has stored meanwhile', async () => {
    const token = { accessToken: 'BQx', refreshToken: 'AQx', expiresAt: 4e9 };
    await cache.set(token);
    const newer = JSON.stringify({ access_token: 'BQy', expires_at: 4e9, refresh_token: 'AQy' });
    await changeTokenFile(file, () => {
      writeFileSync(`${file}.other`, newer, { mode: 0o600 });
      renameSync(`${file}.other`, file);
      return '{"access_token":"BQx","expires_at":1,"refresh_token":"AQx"}';
    });
    assert.equal(await readFile(file, 'utf8'), newer);
    await cache.expire(token);
    assert.equal(await readFile(file, 'utf8'), newer);
    await cache.expire({ ...token, accessToken: 'BQy', refreshToken: 'AQy' });
    const found = await cache.get();
    assert.equal(found?.refreshToken, 'AQy');
    assert.ok(found.expiresAt <= Date.now() / 1000);
  });
});
