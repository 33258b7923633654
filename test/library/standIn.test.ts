import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import esbuild from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { root } from '../../scripts/paths.ts';
import { buildStandIn } from './builtStandIn.ts';
import { codeBlocks } from './codeBlocks.ts';
import { allExamples } from './examples.ts';
import { installLibrary, library, linkPackages } from './installedLibrary.ts';
import { npm, TESTED_NODE, testedNode } from './testedNode.ts';
import { runProgram } from './runProgram.ts';
import { firstOfThreePorts } from './threePorts.ts';
import { tsc } from './typeScript.ts';

const built = path.join(root, 'dist', 'stand-in');
const examples = allExamples(['docs/testing.md']);
const page = path.join(root, 'docs', 'testing.md');

/** Builds, packs and installs the stand-in as its users do, and runs it in the oldest Node. */
describe('the npm package of the stand-in', function () {
  this.timeout(120_000);
  let folder: string;
  let node: string;
  let env: NodeJS.ProcessEnv;
  let running: ChildProcess;
  let addresses: Record<'accountsUrl' | 'apiUrl' | 'controlUrl', string>;

  before(async () => {
    node = testedNode();
    folder = await mkdtemp(path.join(tmpdir(), 'stand-in-'));
    await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    // Packs the folder as for the registry, where a plain install would only link it.
    npm(folder, 'install', '--install-links', buildStandIn());
    await installLibrary();
    await symlink(library, path.join(folder, 'node_modules', '@spotify-sdk', 'js'), 'junction');
    await linkPackages(folder, '@types/node');

    env = {
      ...process.env,
      PATH: path.dirname(node) + path.delimiter + (process.env['PATH'] ?? ''),
    };
    const [, data = ''] =
      /```json\n(\{\n {2}"users"[\s\S]*?)```/.exec(await readFile(page, 'utf8')) ?? [];
    await writeFile(path.join(folder, 'data.json'), data);
    const options = ['--json', '--port', '0', '--data', 'data.json', '--agree-as', 'ida'];
    running = spawn('npx', ['@spotify-sdk/stand-in', ...options], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    assert.ok(running.stdout);
    const [line] = (await once(createInterface(running.stdout), 'line')) as [string];
    addresses = JSON.parse(line) as typeof addresses;
  });
  const cli = () => path.join(folder, 'node_modules', '@spotify-sdk', 'stand-in', 'cli.js');
  /** Ends the process below npx, which passes no signal on. */
  const stop = (controlUrl: string) =>
    fetch(`${controlUrl}/stop`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  after(async () => {
    await stop(addresses.controlUrl).catch(() => undefined);
    await rm(folder, { recursive: true });
  });

  for (const { place, code, prints } of examples) {
    it(`prints what the page says: ${place}`, async () => {
      const file = `${place.replaceAll(/\W+/g, '-')}.js`;
      const adapted = code
        .replaceAll('http://127.0.0.1:8767', addresses.controlUrl)
        .replaceAll('http://127.0.0.1:8766', addresses.apiUrl);
      await writeFile(path.join(folder, file), adapted);
      const { lines, errors, exitCode } = await runProgram({ node, file, cwd: folder, env });
      assert.deepEqual([errors, exitCode], ['', 0], lines.join('\n'));
      const tests = code.match(/^test\(/gm)?.length;
      // Node 20 writes TAP, and later Nodes write for people.
      if (tests) assert.match(lines.join('\n'), new RegExp(`^[#ℹ] pass ${tests}$`, 'm'));
      else assert.deepEqual(lines, prints);
    });
  }

  it('is started, used and stopped by the shell commands of the page', async function () {
    if (process.platform === 'win32') {
      console.log('      skipped: the commands are for sh');
      return this.skip();
    }
    const code = codeBlocks('docs/testing.md').find(
      ({ language, code }) => language === 'sh' && code.includes('trap'),
    )?.code;
    assert.ok(code);
    const port = await firstOfThreePorts();
    const commands = code
      .replaceAll('127.0.0.1:8767', `127.0.0.1:${port + 2}`)
      .replaceAll('127.0.0.1:8766', `127.0.0.1:${port + 1}`)
      .replace('--data data.json', `--data data.json --port ${port}`);
    // As GitHub Actions calls a shell.
    const run = spawn('sh', ['-e', '-c', commands], { cwd: folder, env, timeout: 60_000 });
    let printed = '';
    run.stdout.on('data', (text) => (printed += String(text)));
    run.stderr.on('data', (text) => (printed += String(text)));
    // The pipes close when the stand-in has ended, too.
    assert.deepEqual(await once(run, 'close'), [0, null], printed);
    const [, expected] = /# → (.+)$/m.exec(commands) ?? [];
    assert.ok(expected && printed.split('\n').includes(expected), printed);
    assert.match(printed, /Stopped by POST \/stop/);
  });

  it('is an npx command in the oldest Node, with the users of the data file', async () => {
    const version = spawnSync('node', ['--version'], { env, encoding: 'utf8' }).stdout.trim();
    assert.ok(version.startsWith(`v${TESTED_NODE}`), version);
    const answer = await fetch(addresses.controlUrl);
    assert.deepEqual(((await answer.json()) as { users: string[] }).users, ['ida']);
  });

  it('prints its version', async () => {
    const manifest = JSON.parse(await readFile(path.join(built, 'package.json'), 'utf8')) as object;
    const { stdout } = spawnSync(node, [cli(), '--version'], { encoding: 'utf8' });
    assert.equal(stdout, `${(manifest as { version: string }).version}\n`);
  });

  it('says how to choose another port if one is in use', () => {
    const port = new URL(addresses.accountsUrl).port;
    const { status, stderr } = spawnSync(node, [cli(), '--port', port], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /address already in use .* Choose another port with --port\./);
  });

  it('says so when its control address stops it', async () => {
    const child = spawn(node, [cli(), '--json', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text) => (errors += String(text)));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const closed = once(child, 'close');
    await stop((JSON.parse(line) as typeof addresses).controlUrl);
    assert.deepEqual(await closed, [0, null]);
    assert.equal(errors, 'Stopped by POST /stop to the control address.\n');
  });

  it('has types for moduleResolution node10', () => {
    const json = { moduleResolution: 'node10' };
    const { options } = ts.convertCompilerOptionsFromJson(json, folder);
    const from = path.join(folder, 'program.ts');
    const { resolvedModule } = ts.resolveModuleName('@spotify-sdk/stand-in', from, options, ts.sys);
    assert.match(resolvedModule?.resolvedFileName ?? '', /stand-in.types.stand-in.index\.d\.cts$/);
  });

  it('can be required and imported, with types', async () => {
    const program = (type: string) => `
      import * as assert from 'node:assert';
      import { startStandIn, type StandIn, readyFaults } from '@spotify-sdk/stand-in';
      export const start = async (): Promise<StandIn> => {
        const standIn = await startStandIn({ agreeAs: 'alva', users: [{ id: 'alva' }] });
        standIn.faults.next(1, { on: 'me', ...readyFaults.badGateway });
        // @ts-expect-error There is no such endpoint.
        assert.throws(() => standIn.faults.next(1, { on: 'my' }), /Unknown endpoint/);
        globalThis.fetch = standIn.fetch;
        return standIn;
      };
      void start().then((standIn) => standIn.close()).then(() => console.log('${type}'));
    `;
    for (const type of ['mts', 'cts']) {
      await writeFile(path.join(folder, `program.${type}`), program(type));
    }
    tsc(folder, '--types', 'node', '--module', 'nodenext', 'program.mts', 'program.cts');
    for (const [file, printed] of [
      ['program.mjs', 'mts'],
      ['program.cjs', 'cts'],
    ] as const) {
      const { lines, errors } = await runProgram({ node, file, cwd: folder, env });
      assert.deepEqual([errors, lines], ['', [printed]]);
    }
  });

  it('has a fetch that a bundle for the browser may contain', async () => {
    const contents = "export { createStandInFetch } from '@spotify-sdk/stand-in/fetch';";
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      platform: 'browser',
      write: false,
    });
    assert.ok(outputFiles[0]?.text.includes('https://api.spotify.com'));
  });

  it('needs no other package, and follows the rules of npm and Node', async () => {
    const { messages, pkg } = await publint({ pkgDir: built, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
    assert.equal('dependencies' in pkg, false);
    for (const file of ['cli.js', 'index.cjs']) {
      const text = await readFile(path.join(built, file), 'utf8');
      const imported = [...text.matchAll(/(?:from |require\()"([^"]+)"/g)].map(([, id = '']) => id);
      assert.ok(imported.length > 0);
      assert.deepEqual(
        imported.filter((id) => !/^(node:|\.)/.test(id)),
        [],
      );
    }
  });

  it('ends on a signal', async function () {
    if (process.platform === 'win32') {
      console.log('      skipped: Windows has no signals');
      return this.skip();
    }
    const child = spawn(node, [cli(), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  // The last test: it ends the process that the others use.
  it('ends by its control address, after an answer', async () => {
    const exited = once(running, 'exit');
    assert.equal((await stop(addresses.controlUrl)).status, 200);
    assert.deepEqual(await exited, [0, null]);
    await assert.rejects(fetch(addresses.controlUrl));
  });
});
