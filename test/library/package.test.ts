import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import esbuild from 'esbuild';
import type { Context } from 'mocha';
import { root } from '../../scripts/paths.ts';
import { type App, type Spotify, startSpotify } from '../spotify/index.ts';
import { brokenLinks } from './brokenLinks.ts';
import { allExamples, type Example, libraryPages, STAND_IN_MODULE } from './examples.ts';
import { installBrowser } from './installBrowser.ts';
import { installLibrary, library, linkPackages, manifestOf } from './installedLibrary.ts';
import { OLDEST_NODE, TESTED_NODE, testedNode } from './testedNode.ts';
import { bundleSize, loadedSize } from './bundleSize.ts';
import { runProgram } from './runProgram.ts';
import { runFirstRecipe } from './terminalRecipe.ts';
import { checkTypes } from './typeScript.ts';

const examples = allExamples();
const runnable = examples.filter(({ isRunnable }) => isRunnable);

/**
 * Runs the installed library in the oldest Node that it supports. Takes 15 seconds, the first time longer
 * to install that Node.
 */
describe('the npm package of the library', function () {
  this.timeout(120_000);
  let folder: string;
  let spotify: Spotify;
  let app: App;
  let node: string;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    node = testedNode();
    ({ folder } = await installLibrary());
    await writeFile(path.join(folder, 'stand-in.js'), STAND_IN_MODULE);
    const required = await esbuild.transform(STAND_IN_MODULE, { format: 'cjs' });
    await writeFile(path.join(folder, 'stand-in.cjs'), required.code);
    const browser = await installBrowser(path.join(folder, 'bin'), node);

    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva Lind' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
    environment = {
      PATH: process.env['PATH'],
      BROWSER: browser,
      ACCOUNTS_URL: spotify.accountsUrl,
      API_URL: spotify.apiUrl,
      HOME: folder,
      SPOTIFY_SDK_CLIENT_ID: app.clientId,
      SPOTIFY_SDK_CLIENT_SECRET: app.clientSecret,
      SPOTIFY_SDK_REDIRECT_URI: 'http://127.0.0.1/callback',
    };
  });
  after(() => spotify.close());

  const run = (file: string, stopAfter?: number) =>
    runProgram({ node, file, cwd: folder, env: environment, stopAfter });

  it('runs in the oldest Node that it names, which is the oldest for undici', async () => {
    await writeFile(path.join(folder, 'version.js'), 'console.log(process.version)');
    const [version = ''] = (await run('version.js')).lines;
    assert.ok(version.startsWith(`v${TESTED_NODE}`), version);
    const { engines } = await manifestOf(library);
    assert.deepEqual(engines, { node: `>=${OLDEST_NODE}` });
    const undici = await manifestOf(path.join(root, 'node_modules', 'undici'));
    assert.deepEqual(undici.engines, engines);
    const readme = await readFile(path.join(library, 'README.md'), 'utf8');
    assert.ok(readme.includes(`Node ${OLDEST_NODE}`));
  });

  for (const [index, example] of runnable.entries()) {
    it(`prints what the docs say, example ${index + 1}: ${example.place}`, async function () {
      if (opensBrowser(example)) skipOnWindows(this);
      const extension = example.isCommonJs ? 'cjs' : 'js';
      const file = `example-${index + 1}.${extension}`;
      const forStandIn = example.code
        .replace("'@spotify-sdk/js/auth'", `'./stand-in.${extension}'`)
        .replaceAll('your-client-id', app.clientId)
        .replaceAll('your-client-secret', app.clientSecret)
        .replaceAll('3000', String(await freePort()));
      const { code } = await esbuild.transform(forStandIn, {
        loader: example.language,
        format: example.isCommonJs ? 'cjs' : 'esm',
      });
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

  it('brings spotify-auth, which does what the page about terminals begins with', async function () {
    skipOnWindows(this);
    const { accountsUrl: SPOTIFY_SDK_ACCOUNTS_URL, apiUrl: SPOTIFY_SDK_API_URL } = spotify;
    const env = { ...environment, SPOTIFY_SDK_ACCOUNTS_URL, SPOTIFY_SDK_API_URL };
    const [token = '', ...answer] = (await runFirstRecipe(folder, env)).split('\n');
    assert.ok(spotify.tokens.accessTokens.has(token));
    assert.deepEqual((JSON.parse(answer.join('')) as { items: unknown }).items, []);
  });

  for (const [entry, pages] of Object.entries({
    '@spotify-sdk/js': libraryPages,
    '@spotify-sdk/js/vscode': ['docs/auth.md', 'docs/for-extension-authors.md'],
  })) {
    it(`has an example for every export of ${entry}`, async () => {
      const program = `console.log(Object.keys(await import('${entry}')).join('\\n'))`;
      await writeFile(path.join(folder, 'names.js'), program);
      const { lines, errors } = await run('names.js');
      assert.equal(errors, '');
      assert.ok(lines.length > 1);
      const texts = pages.map((page) => readFile(path.join(root, page), 'utf8'));
      const code = (await Promise.all(texts)).flatMap((text) =>
        text.match(/^```[jt]s[^]*?^```$/gm),
      );
      const isShown = (name: string) => new RegExp(`\\b${name}\\b`).test(code.join('\n'));
      assert.deepEqual(
        lines.filter((name) => !isShown(name)),
        [],
      );
    });
  }

  it('has no broken link in its pages', async () => {
    const pages = ['README.md', 'docs/coming-from-spotify_sdk.md', 'docs/terminal.md'];
    pages.push(...libraryPages.filter((page) => page.startsWith('docs/recipes/')));
    for (const page of pages) {
      assert.deepEqual(await brokenLinks(path.join(library, page)), [], page);
    }
  });

  it('imports undici and open only, and for extensions nothing', async () => {
    for (const folder of ['', 'cjs/']) {
      assert.deepEqual((await importedBy(`${folder}auth.js`)).sort(), ['open', 'undici']);
      assert.deepEqual(await importedBy(`${folder}fetch.js`, 'neutral'), []);
      assert.deepEqual(await importedBy(`${folder}vscode.js`, 'neutral'), []);
    }
  });

  it('carries the licenses of the packages that it contains', async () => {
    const installed = path.join(folder, 'node_modules', '@spotify-sdk', 'js');
    const notices = await readFile(path.join(installed, 'ThirdPartyNotices.txt'), 'utf8');
    assert.match(notices, /^commander [^]*^oauth4webapi [\d.]+$[^]*Permission is hereby granted/m);
  });

  it('has types that a TypeScript program can use, also the programs in the docs', async () => {
    const program = `
      import { ClientCredentials, type TokenInfo } from '@spotify-sdk/js/auth';
      import { createFetch } from '@spotify-sdk/js/vscode';
      const token: TokenInfo = { accessToken: 'x', expiresAt: 1 };
      // @ts-expect-error An access token is a string.
      const wrong: number = token.accessToken;
      const auth = new ClientCredentials({});
      export const answers: Promise<unknown>[] = [auth.getAccessToken(), createFetch(auth)('')];
      export { wrong };
    `;
    await linkPackages(folder, '@types/vscode', '@spotify/web-api-ts-sdk');
    const inDocs = examples.filter(({ language }) => language === 'ts');
    const [run, checked] = [true, false].map((isRun) =>
      inDocs.filter(({ isRunnable }) => isRunnable === isRun).map(({ code }) => code),
    );
    assert.ok(run?.length && checked?.length);
    await checkTypes(folder, [program, ...run]);
    // The types of Spotify’s SDK have an error.
    await checkTypes(folder, checked, '--skipLibCheck');
  });

  it('loads less than 37 KB minified, and less if only a part is imported', async () => {
    const everything = "export * from '@spotify-sdk/js/auth'";
    assert.ok((await loadedSize(everything, folder)) < 37 * 1024);
    // With the local sign-in, which loads on first use.
    assert.ok((await bundleSize(everything, folder)) < 48 * 1024);
    const size = (contents: string) => bundleSize(contents, folder);
    assert.ok((await size("export * from '@spotify-sdk/js/vscode'")) < 6 * 1024);
    assert.ok((await size("export { SPOTIFY_SCOPES } from '@spotify-sdk/js/vscode'")) < 1024);
    // The rest are top-level statements of oauth4webapi.
    assert.ok((await size("export { isExpired } from '@spotify-sdk/js/auth'")) < 2 * 1024);
  });
});

/** Returns the imports of a file of the library, except Node’s modules. */
async function importedBy(file: string, platform: esbuild.Platform = 'node'): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints: [path.join(library, file)],
    bundle: true,
    packages: 'external',
    platform,
    metafile: true,
    write: false,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  // The library's own files refer to each other.
  const imported = imports.filter(({ external }) => external);
  const isOfNode = (id: string) => platform === 'node' && id.startsWith('node:');
  return imported.map((one) => one.path).filter((id) => !isOfNode(id));
}

function skipOnWindows(test: Context): void {
  if (process.platform !== 'win32') return;
  console.log('      skipped: on Windows no script can take the place of the browser');
  test.skip();
}

const opensBrowser = ({ code }: Example) =>
  code.includes('authorizeLocal(auth') && !code.includes('openBrowser: false');

/** Returns a pattern for a whole line, in which `…` stands for any text. */
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
