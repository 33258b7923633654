import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FileTokenCache } from '../../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../../spotify/index.ts';

const library = new URL('../../../../src/auth/index.ts', import.meta.url).href;

/** Gets two tokens and prints what happened. */
const PROGRAM = `
  const [library, accountsUrl, clientId, clientSecret, path, kind] = process.argv.slice(1);
  const { endpointsAt, FileTokenCache, ...classes } = await import(library);
  const endpoints = endpointsAt(accountsUrl);
  const tokenCache = new FileTokenCache({ path });
  const told = [];
  const auth = new classes[kind.replace('Silent', '')]({
    clientId, clientSecret, endpoints, tokenCache, maxRetries: 0,
    onCacheError: kind.endsWith('Silent') ? undefined : (error) => told.push(error.code),
  });
  const report = { tokens: [], told };
  try {
    for (const round of [1, 2]) report.tokens.push(await auth.getAccessToken());
    if (process.argv.at(-1) === 'signOut') await auth.signOut();
  } catch (error) {
    report.code = error.code;
  }
  console.log(JSON.stringify(report));
`;

interface Report {
  readonly tokens: string[];
  readonly told: string[];
  readonly code?: string;
  readonly warnings: string[];
}

const mayMount = () => {
  const mount = 'mount -t tmpfs none /mnt';
  return (
    process.platform === 'linux' && spawnSync('unshare', ['-m', 'sh', '-c', mount]).status === 0
  );
};

/** About src/auth/node/tokenFile.ts and src/auth/tokenStore.ts. */
describe('a token file that cannot be replaced', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let folder: string;
  let file: string;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(async () => {
    spotify.behaviour.rotateRefreshTokens = true;
    spotify.requests.clear();
    folder = await mkdtemp(path.join(tmpdir(), 'mounted-'));
    file = path.join(folder, 'token.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cache = () => new FileTokenCache({ path: file });
  const expired = () => ({ ...spotify.tokens.issue(alva, app), expiresAt: 0 });
  const requests = () => spotify.requests.count('token');

  /** Runs PROGRAM in a mount namespace of its own, after the shell commands `mounts`. */
  async function runIn(mounts: string, kind: string, ...more: string[]): Promise<Report> {
    const { accountsUrl } = spotify;
    const program = ['--input-type=module', '--eval', PROGRAM, library, accountsUrl];
    const args = [...program, app.clientId, app.clientSecret, file, kind, ...more];
    const command = ['-m', 'sh', '-ec', `${mounts}\nexec "$0" "$@"`, process.execPath, ...args];
    const { stdout, stderr } = await promisify(execFile)('unshare', command);
    const warnings = stderr.match(/kept in memory only.*/g) ?? [];
    return { ...(JSON.parse(stdout) as Omit<Report, 'warnings'>), warnings };
  }

  describe('in a mount namespace', () => {
    before(function () {
      if (mayMount()) return;
      console.log('      skipped: this user or system cannot mount in a private namespace');
      this.skip();
    });

    const asContainerDoes = () => `mount --bind '${folder}/outside.json' '${file}'`;
    const readOnly = () =>
      `mount --bind '${folder}' '${folder}'; mount -o remount,ro,bind '${folder}'`;

    it('is written in place if it is mounted as a single file', async () => {
      const outside = new FileTokenCache({ path: path.join(folder, 'outside.json') });
      await outside.set({ ...expired(), scope: 'x'.repeat(5000) });
      await writeFile(file, '');
      const { tokens, code } = await runIn(asContainerDoes(), 'AuthorizationCode');
      assert.equal(code, undefined);
      assert.equal((await outside.get())?.accessToken, tokens[1]);
      assert.ok(spotify.tokens.refreshTokens.get((await outside.get())?.refreshToken ?? ''));
      assert.equal(requests(), 1);
      assert.deepEqual((await readdir(folder)).sort(), ['outside.json', 'token.json']);
      assert.match(await readFile(outside.path, 'utf8'), /\}$/);
    });

    it('has no token after signOut, if it is mounted as a single file', async () => {
      const outside = new FileTokenCache({ path: path.join(folder, 'outside.json') });
      await outside.set(expired());
      await writeFile(file, '');
      const report = await runIn(asContainerDoes(), 'AuthorizationCode', 'signOut');
      assert.equal(report.code, undefined);
      assert.equal(await outside.get(), undefined);
      assert.doesNotMatch(await readFile(outside.path, 'utf8'), /AQ|BQ/);
    });

    it('loses nothing on a read-only file system, if the refresh token stays: told once', async () => {
      spotify.behaviour.rotateRefreshTokens = false;
      await cache().set(expired());
      const report = await runIn(readOnly(), 'AuthorizationCode');
      assert.deepEqual(report.told, ['EROFS']);
      assert.equal(new Set(report.tokens).size, 1);
      assert.equal(requests(), 1);
    });

    it('leads to one warning for an app token on a read-only file system', async () => {
      const report = await runIn(readOnly(), 'ClientCredentialsSilent');
      assert.equal(report.tokens.length, 2);
      assert.equal(report.warnings.length, 1);
      assert.match(report.warnings[0] ?? '', /EROFS/);
      assert.equal(requests(), 1);
    });

    it('leads to an error on a read-only file system, if the refresh token would be lost', async () => {
      await cache().set(expired());
      const report = await runIn(readOnly(), 'AuthorizationCode');
      assert.equal(report.code, 'EROFS');
      assert.deepEqual(report.tokens, []);
    });
  });

  it('is written in place if its folder is not writable', async function () {
    if (process.getuid?.() !== 0) {
      console.log('      skipped: only root can write as another user');
      this.skip();
    }
    const user = 65534;
    await writeFile(file, JSON.stringify({ access_token: 'BQx', expires_at: 1 }), { mode: 0o600 });
    await promisify(execFile)('chown', [String(user), file]);
    await chmod(folder, 0o755);
    const script = `
      const { FileTokenCache } = await import(${JSON.stringify(library)});
      await new FileTokenCache({ path: ${JSON.stringify(file)} }).set({ accessToken: 'BQnew', expiresAt: 2 });
    `;
    const options = { uid: user, gid: user, cwd: '/' };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], options);
    assert.equal(
      (JSON.parse(await readFile(file, 'utf8')) as object as { expires_at: 2 }).expires_at,
      2,
    );
    assert.equal((await stat(file)).uid, user);
    assert.deepEqual(await readdir(folder), ['token.json']);
  });

  for (const exists of [true, false]) {
    it(`that is a symbolic link stays one, ${exists ? 'and its target is replaced' : 'also to a missing target'}`, async function () {
      if (process.platform === 'win32') {
        console.log('      skipped: Windows lets few users create symbolic links');
        this.skip();
      }
      await mkdir(path.join(folder, 'data'));
      const target = path.join(folder, 'data', 'real.json');
      const token = { accessToken: 'BQx', expiresAt: 5 };
      if (exists) await new FileTokenCache({ path: target }).set({ ...token, expiresAt: 1 });
      await symlink(path.join('data', 'real.json'), file);
      await cache().set(token);
      assert.ok((await lstat(file)).isSymbolicLink());
      assert.deepEqual(await new FileTokenCache({ path: target }).get(), token);
      assert.deepEqual((await readdir(folder)).sort(), ['data', 'token.json']);
    });
  }
});
