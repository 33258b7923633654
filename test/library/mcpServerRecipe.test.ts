import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import esbuild from 'esbuild';
import { createFetch } from '../../src/adapters/fetch.ts';
import type * as libraryModule from '../../src/auth/index.ts';
import { readyFaults, startStandIn, type StandIn } from '../../stand-in/index.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import { buildStandIn } from './builtStandIn.ts';
import { codeBlocks } from './codeBlocks.ts';
import { installBrowser } from './installBrowser.ts';
import { installLibrary, linkPackages } from './installedLibrary.ts';
import { runProgram } from './runProgram.ts';

const SCOPES = ['user-read-currently-playing'];

/** About docs/recipes/mcp-server.md, and “A program as a process” of docs/testing.md. */
describe('the MCP server of the recipe, as a process', function () {
  this.timeout(120_000);
  let folder: string;
  let standIn: StandIn;
  let env: Record<string, string>;
  let client: Client;
  let faults: Error[];

  before(async function () {
    if (process.platform === 'win32') {
      console.log('      skipped: on Windows no script can take the place of the browser');
      return this.skip();
    }
    ({ folder } = await installLibrary());
    const place = path.join(folder, 'node_modules', '@spotify-sdk', 'stand-in');
    if (!existsSync(place)) await symlink(buildStandIn(), place, 'junction');
    await linkPackages(folder, '@modelcontextprotocol/sdk', 'zod');
    for (const name of ['server', 'userOrApp', 'server.test']) await compile(name);
    await writeFile(path.join(folder, 'redirect.mjs'), block('docs/testing.md', 'redirect.mjs'));
  });
  beforeEach(async () => {
    standIn = await startStandIn({ agreeAs: 'alva' });
    const redirect = path.join(folder, 'redirect.mjs');
    env = {
      ...standIn.env,
      HOME: await mkdtemp(path.join(folder, 'home-')),
      PATH: process.env['PATH'] ?? '',
      BROWSER: await installBrowser(path.join(folder, 'bin'), process.execPath),
      // Also the browser reaches the stand-in.
      NODE_OPTIONS: `--import=${redirect}`,
    };
    await rm(`${env['BROWSER']}.opened`, { force: true });
    faults = [];
    client = new Client({ name: 'test', version: '0.0.0' });
    // Text that is not the protocol is an error of the client.
    client.onerror = (error) => faults.push(error);
    const start = { command: process.execPath, args: ['server.js'], cwd: folder, env };
    await client.connect(new StdioClientTransport(start));
  });
  afterEach(async () => {
    await client.close();
    await standIn.close();
    assert.deepEqual(faults, []);
  });

  const block = (page: string, name: string) => {
    const found = codeBlocks(page).find(({ words }) => words.includes(name));
    assert.ok(found, `${page} has no ${name}`);
    return found.code;
  };
  async function compile(name: string): Promise<void> {
    const source = block('docs/recipes/mcp-server.md', `${name}.ts`);
    const forStandIn = source
      .replace('your-client-id', DEMO_CLIENT_ID)
      .replace("'server.ts'", "'server.js'");
    const { code } = await esbuild.transform(forStandIn, { loader: 'ts' });
    await writeFile(path.join(folder, `${name}.js`), code);
  }
  async function call(name: string, args = {}): Promise<string> {
    const { content } = await client.callTool({ name, arguments: args });
    return (content as { text: string }[]).map(({ text }) => text).join();
  }
  const login = () =>
    runProgram({ node: process.execPath, file: 'server.js', args: ['login'], cwd: folder, env });
  const hasOpenedBrowser = () => existsSync(`${env['BROWSER']}.opened`);

  it('says how to sign in, opens no browser, and sees a later sign-in', async () => {
    assert.match(await call('now_playing'), /No user is signed in.*server\.ts login/);
    assert.ok(!hasOpenedBrowser());
    assert.equal(standIn.requests.count('token'), 0);

    const { lines, errors, exitCode } = await login();
    assert.deepEqual([exitCode, lines], [0, []], errors);
    assert.match(errors, /You are signed in\./);
    assert.ok(hasOpenedBrowser());
    assert.match(await call('now_playing'), /Gymnopédie No. 1/);
    assert.match(await call('search', { query: 'satie' }), /Erik Satie/);
  });

  it('uses a token of the stand-in in the file, and sees a sign-in after a refusal', async () => {
    await login();
    const file = path.join(env['HOME'] ?? '', '.config', 'my-mcp-server', 'token.json');
    const { accessToken, refreshToken } = standIn.issueTokens('alva', SCOPES);
    const record = { access_token: accessToken, expires_at: 4e9, refresh_token: refreshToken };
    await writeFile(file, JSON.stringify(record));
    assert.match(await call('now_playing'), /Gymnopédie/);
    standIn.expireAccessTokens();
    standIn.revoke('alva');
    const refreshes = standIn.requests.count('token', 'refresh_token');
    for (let i = 0; i < 3; i++) assert.match(await call('now_playing'), /No user is signed in/);
    assert.equal(standIn.requests.count('token', 'refresh_token'), refreshes + 1);
    const kept = JSON.parse(await readFile(file, 'utf8')) as typeof record;
    assert.equal(kept.refresh_token, refreshToken);
    // The next start must not take the refused token for a valid one.
    assert.ok(kept.expires_at < Date.now() / 1000 + 1);
    await login();
    assert.match(await call('now_playing'), /Gymnopédie/);
  });

  it('says in one line that the user has declined', async () => {
    standIn.behaviour.consent = 'deny';
    const { errors, exitCode } = await login();
    assert.equal(exitCode, 1, errors);
    const [hint, url, reason, ...rest] = errors.trim().split('\n');
    assert.match(`${hint} ${url}`, /^Agree on this page, .* https?:.*\/authorize\?/);
    assert.match(reason ?? '', /^Access was refused/);
    assert.deepEqual(rest, []);
  });

  it('tells why Spotify refuses a request, in Spotify’s words', async () => {
    await login();
    standIn.faults.next(1, readyFaults.badGateway);
    assert.match(await call('now_playing'), /Spotify refused: Bad gateway\./);
  });

  it('has a test on the page, which passes', async () => {
    const run = { node: process.execPath, file: 'server.test.js', cwd: folder };
    const { lines, exitCode } = await runProgram({ ...run, env: process.env });
    assert.equal(exitCode, 0, lines.join('\n'));
    assert.match(lines.join('\n'), /^[#ℹ] pass 1$/m);
  });

  it('may use the app’s own token until a user signs in', async () => {
    const { userOrApp } = (await import(path.join(folder, 'userOrApp.js'))) as {
      userOrApp: (...providers: libraryModule.AuthProvider[]) => libraryModule.AuthProvider;
    };
    // The classes of its errors must be those that the recipe imports.
    const installed = path.join(folder, 'node_modules', '@spotify-sdk', 'js', 'auth.js');
    const library = (await import(installed)) as typeof libraryModule;
    const { clientId, clientSecret } = standIn;
    const endpoints = library.endpointsAt(standIn.accountsUrl);
    const tokenCache = new library.InMemoryTokenCache();
    const options = { clientId, endpoints, tokenCache };
    const user = new library.AuthorizationCode({ ...options, clientSecret: null });
    const app = new library.ClientCredentials({ clientId, clientSecret, endpoints });
    const spotifyFetch = createFetch(userOrApp(user, app), { fetch: standIn.fetch });
    const status = async (path: string) =>
      (await spotifyFetch(`https://api.spotify.com/v1/${path}`)).status;
    assert.equal(await status('search?type=track&q=satie'), 200);
    standIn.expireAccessTokens();
    assert.equal(await status('search?type=track&q=satie'), 200);
    assert.equal(await status('me'), 401);
    tokenCache.set({ ...standIn.issueTokens('alva'), expiresAt: 4e9 });
    assert.equal(await status('me'), 200);
    standIn.expireAccessTokens();
    assert.equal(await status('me'), 200);
    await app.renew(); // its token has expired, too
    standIn.revoke('alva');
    tokenCache.set({ accessToken: 'BQwithdrawn', expiresAt: 4e9, refreshToken: 'AQwithdrawn' });
    assert.equal(await status('search?type=track&q=satie'), 200);
  });
});
