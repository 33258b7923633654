import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { root } from '../../scripts/paths.ts';
import { type App, type Spotify, startSpotify } from '../spotify/index.ts';
import { type Example, runnableExamples, STAND_IN_MODULE } from './examples.ts';
import { npm, OLDEST_NODE, oldestNode } from './oldestNode.ts';
import { runProgram } from './runProgram.ts';

const library = path.join(root, 'dist', 'library');

/**
 * Builds, packs and installs the library as a stranger gets it, and runs it under the oldest Node
 * it is for. Takes some 15 seconds, and once some more to install that Node.
 */
describe('the npm package of the library', function () {
  this.timeout(120_000);
  let folder: string;
  let spotify: Spotify;
  let app: App;
  let node: string;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    node = oldestNode();
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

  const run = (file: string, stopAfter?: number) =>
    runProgram({ node, file, cwd: folder, env: environment, stopAfter });

  it('runs under the oldest Node it says it runs on, which is what undici needs', async () => {
    await writeFile(path.join(folder, 'version.js'), 'console.log(process.version)');
    assert.deepEqual((await run('version.js')).lines, [`v${OLDEST_NODE}`]);
    const { engines } = await manifest(library);
    assert.deepEqual(engines, { node: `>=${OLDEST_NODE}` });
    assert.deepEqual(
      (await manifest(path.join(folder, 'node_modules', 'undici'))).engines,
      engines,
    );
    const readme = await readFile(path.join(library, 'README.md'), 'utf8');
    assert.ok(readme.includes(`Node ${OLDEST_NODE}`));
  });

  for (const [index, example] of runnableExamples().entries()) {
    it(`does what the docs say, example ${index + 1}: ${example.heading}`, async function () {
      if (opensBrowser(example) && process.platform === 'win32') {
        console.log('      skipped: on Windows no script can take the place of the browser');
        return this.skip();
      }
      const file = `example-${index + 1}.js`;
      const forStandIn = example.code
        .replace("'spotify-sdk/auth'", "'./stand-in.js'")
        .replaceAll('https://api.spotify.com', spotify.apiUrl)
        .replaceAll('your-client-id', app.clientId)
        .replaceAll('your-client-secret', app.clientSecret)
        .replaceAll('3000', String(await freePort()));
      const { code } = await esbuild.transform(forStandIn, { loader: example.language });
      await writeFile(path.join(folder, file), code);
      const { prints } = example;
      const isServer = code.includes('.listen(');
      const { lines, errors, exitCode } = await run(file, isServer ? prints.length : undefined);
      assert.equal(errors, '');
      assert.equal(exitCode, isServer ? null : 0);
      assert.equal(lines.length, prints.length, lines.join('\n'));
      prints.forEach((print, line) => assert.match(lines[line] ?? '', wildcard(print)));
    });
  }

  it('has an example for everything it offers', async () => {
    const program = "console.log(Object.keys(await import('spotify-sdk/auth')).join('\\n'))";
    await writeFile(path.join(folder, 'names.js'), program);
    const { lines } = await run('names.js');
    const codes = runnableExamples().map(({ code }) => code);
    const isShown = (name: string) => codes.some((code) => new RegExp(`\\b${name}\\b`).test(code));
    assert.ok(lines.includes('AuthorizationCode'));
    assert.deepEqual(
      lines.filter((name) => !isShown(name)),
      [],
    );
  });

  for (const [place, pages] of Object.entries({
    'the repository': { 'docs/auth.md': root, 'docs/coming-from-spotify_sdk.md': root },
    'the package': { 'README.md': library, 'docs/coming-from-spotify_sdk.md': library },
  })) {
    it(`has no broken link in ${place}`, async () => {
      for (const [page, base] of Object.entries(pages)) {
        const broken = await brokenLinks(path.join(base, page));
        assert.deepEqual(broken, [], page);
      }
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

  it('carries the license of oauth4webapi, which it contains', async () => {
    const installed = path.join(folder, 'node_modules', 'spotify-sdk');
    const notices = await readFile(path.join(installed, 'ThirdPartyNotices.txt'), 'utf8');
    assert.match(notices, /^oauth4webapi [\d.]+$[\s\S]*Permission is hereby granted/m);
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
    const inDocs = runnableExamples().filter(({ language }) => language === 'ts');
    assert.ok(inDocs.length > 0);
    const programs = [program, ...inDocs.map(({ code }) => code)];
    const files = programs.map((_, index) => `program-${index}.ts`);
    for (const [index, file] of files.entries()) {
      await writeFile(path.join(folder, file), programs[index] ?? '');
    }
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
  return JSON.parse(text) as {
    version: string;
    engines: object;
    dependencies: Record<string, string>;
  };
}

/** The links of a page to files that are not there, or to headings that they do not have. */
async function brokenLinks(page: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)];
  assert.ok(links.length > 0);
  const broken: string[] = [];
  for (const [link, file = '', anchor] of links) {
    const target = file ? path.resolve(path.dirname(page), file) : page;
    const linked = await readFile(target, 'utf8').catch(() => undefined);
    const headings = linked?.match(/(?<=^#+ ).+$/gm) ?? [];
    const anchors = headings.map((heading) => anchorOf(heading));
    if (linked === undefined || (anchor && !anchors.includes(anchor))) broken.push(link);
  }
  return broken;
}

/** As GitHub and npm make them. */
const anchorOf = (heading: string) =>
  `#${heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-')}`;

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
