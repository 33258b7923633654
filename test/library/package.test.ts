import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { type App, type Spotify, startSpotify } from '../spotify/index.ts';
import { type Example, examples, linesOf, STAND_IN_MODULE } from './examples.ts';
import { node20, npm } from './node20.ts';

const root = path.resolve(import.meta.dirname, '../..');
const library = path.join(root, 'dist', 'library');

/**
 * Builds, packs and installs the library as a stranger gets it, and runs it under Node 20.
 * Takes about 10 seconds, and once some more to install Node 20.
 */
describe('the npm package of the library', function () {
  this.timeout(120_000);
  let folder: string;
  let spotify: Spotify;
  let app: App;
  let node: string;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    node = node20();
    execFileSync(process.execPath, ['scripts/buildLibrary.ts'], { cwd: root, stdio: 'inherit' });
    folder = await mkdtemp(path.join(tmpdir(), 'library-'));
    npm(library, 'pack', '--pack-destination', folder);
    const { version } = await manifest(library);
    await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    npm(folder, 'install', `./spotify-sdk-${version}.tgz`);
    await writeFile(path.join(folder, 'stand-in.js'), STAND_IN_MODULE);
    await installBrowser(path.join(folder, 'bin'), node);

    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
    environment = {
      PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
      ACCOUNTS_URL: spotify.accountsUrl,
      HOME: folder,
      SPOTIFY_SDK_CLIENT_ID: app.clientId,
      SPOTIFY_SDK_CLIENT_SECRET: app.clientSecret,
      SPOTIFY_SDK_REDIRECT_URI: 'http://127.0.0.1/callback',
    };
  });
  after(async () => {
    await spotify.close();
    await rm(folder, { recursive: true });
  });

  const run = (file: string, lines: number) =>
    linesOf({ node, file, cwd: folder, env: environment }, lines);

  it('runs under Node 20', async () => {
    await writeFile(path.join(folder, 'version.js'), 'console.log(process.version)');
    assert.match(String(await run('version.js', 1)), /^v20\./);
  });

  for (const [index, example] of examples('js run').entries()) {
    it(`does what the docs say, example ${index + 1}: ${example.heading}`, async function () {
      if (opensBrowser(example) && process.platform === 'win32') {
        console.log('      skipped: on Windows no script can take the place of the browser');
        return this.skip();
      }
      const file = `example-${index + 1}.js`;
      const code = example.code
        .replace("'spotify-sdk/auth'", "'./stand-in.js'")
        .replaceAll('https://api.spotify.com', spotify.apiUrl)
        .replaceAll('your-client-id', app.clientId)
        .replaceAll('your-client-secret', app.clientSecret)
        .replaceAll('3000', String(await freePort()));
      await writeFile(path.join(folder, file), code);
      const lines = await run(file, example.prints.length);
      assert.equal(lines.length, example.prints.length, lines.join('\n'));
      example.prints.forEach((print, line) => assert.match(lines[line] ?? '', wildcard(print)));
    });
  }

  it('needs undici and nothing else', async () => {
    assert.deepEqual(Object.keys((await manifest(library)).dependencies), ['undici']);
    const { metafile } = await esbuild.build({
      entryPoints: [path.join(library, 'auth.js')],
      bundle: true,
      packages: 'external',
      platform: 'node',
      metafile: true,
      write: false,
    });
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
    const foreign = imported.map((one) => one.path).filter((id) => !id.startsWith('node:'));
    assert.deepEqual(foreign, ['undici']);
  });

  it('has types that a TypeScript program can use, also the ones in the docs', async () => {
    const program = `
      import { ClientCredentials, type TokenInfo } from 'spotify-sdk/auth';
      const token: TokenInfo = { accessToken: 'x', expiresAt: 1 };
      // @ts-expect-error An access token is a string.
      const wrong: number = token.accessToken;
      export const answer: Promise<string> = new ClientCredentials({}).getAccessToken();
      export { wrong };
    `;
    const programs = [program, ...examples('ts').map(({ code }) => code)];
    const files = programs.map((_, index) => `program-${index}.ts`);
    await Promise.all(
      programs.map((code, i) => writeFile(path.join(folder, `program-${i}.ts`), code)),
    );
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom'];
    execFileSync(process.execPath, [tsc, ...options, ...files], { cwd: folder, stdio: 'inherit' });
  });

  it('is under 30 KB minified, and shakes down to what is used', async () => {
    const size = async (contents: string) => {
      const { outputFiles } = await esbuild.build({
        stdin: { contents, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        platform: 'node',
        format: 'esm',
        external: ['undici'],
      });
      return outputFiles[0]?.contents.byteLength ?? Infinity;
    };
    assert.ok((await size("export * from 'spotify-sdk/auth'")) < 30 * 1024);
    // What stays are statements at the top of oauth4webapi.
    assert.ok((await size("export { isExpired } from 'spotify-sdk/auth'")) < 2 * 1024);
  });
});

async function manifest(folder: string) {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  return JSON.parse(text) as { version: string; dependencies: Record<string, string> };
}

const opensBrowser = ({ code }: Example) => code.includes('authorizeLocal(auth)');

/** Matches the whole of a line in which `…` stands for anything. */
function wildcard(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replace(/[^\w\s]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A command that opens an address visits it itself, as Alva's browser. */
async function installBrowser(bin: string, node: string): Promise<void> {
  const file = path.join(bin, process.platform === 'darwin' ? 'open' : 'xdg-open');
  await mkdir(bin, { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec "${node}" --eval 'fetch(process.argv[1])' -- "$1"\n`);
  await chmod(file, 0o755);
}
