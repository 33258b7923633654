import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cliBundle } from '../../../scripts/cliBundle.ts';
import { out, root } from '../../../scripts/paths.ts';
import { TESTED_NODE, testedNode } from '../../library/testedNode.ts';
import { type Spotify, startSpotify } from '../../spotify/index.ts';
import { Machine, type Run } from './machine.ts';

const PROGRAM = 'spotify-auth.js';
/** The commands that print an access token. */
const PRINTS_TOKEN = ['token', 'app-token'];

/** The program, built, in this Node and in the oldest one, with one stand-in. */
export class CommandLines {
  readonly spotify: Spotify;
  readonly #folder: string;
  readonly #nodes: readonly string[];
  #machines: Machine[] = [];

  private constructor(spotify: Spotify, folder: string, nodes: readonly string[]) {
    this.spotify = spotify;
    this.#folder = folder;
    this.#nodes = nodes;
  }

  /** Builds the program into a folder of this process: other suites do the same meanwhile. */
  static async create(): Promise<CommandLines> {
    const folder = path.join(out, `cli-${process.pid}`);
    // `npm run coverage` counts the sources, which the oldest Node cannot run.
    const isCounted = Boolean(process.env['NODE_V8_COVERAGE']);
    await (isCounted ? linkSources(folder) : build({ ...cliBundle, outdir: folder }));
    const nodes = [process.execPath, ...(isCounted ? [] : tested())];
    return new CommandLines(await startSpotify(), folder, nodes);
  }

  /** Forgets what the stand-in knows. Alva then agrees to everything. */
  reset(): void {
    this.spotify.reset();
    this.spotify.addUser({ id: 'alva', displayName: 'Alva', nowPlaying: 'Gymnopédie No. 1' });
    this.spotify.behaviour.consent = { agreeAs: 'alva' };
  }

  /** Runs a test in each Node at the same time, on a machine of its own. Then looks for secrets. */
  async each(test: (machine: Machine) => Promise<void>): Promise<void> {
    const { spotify } = this;
    const program = path.join(this.#folder, PROGRAM);
    const ended = await Promise.allSettled(
      this.#nodes.map(async (node) => {
        const machine = await Machine.create(spotify, { node, program });
        this.#machines.push(machine);
        await test(machine);
        for (const run of machine.runs) this.#checkSecrets(run, machine);
      }),
    );
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  async removeMachines(): Promise<void> {
    await Promise.all(this.#machines.map((machine) => machine.remove()));
    this.#machines = [];
  }

  async close(): Promise<void> {
    await this.spotify.close();
    await rm(this.#folder, { recursive: true });
  }

  /** Fails if a run has printed a secret, or an access token where none is asked for. */
  #checkSecrets({ args, out, err, isInTerminal }: Run, { app }: Machine): void {
    const { refreshTokens, codes, accessTokens } = this.spotify.tokens;
    const isAskedFor = PRINTS_TOKEN.includes(args[0] ?? '');
    const secrets = [app.clientSecret, ...refreshTokens.keys()];
    // A terminal shows the pasted address.
    if (!isInTerminal) secrets.push(...codes.keys());
    if (!isAskedFor) secrets.push(...accessTokens.keys());
    for (const secret of secrets) assert.ok(!(out + err).includes(secret), args.join(' '));
    for (const token of accessTokens.keys()) assert.ok(!err.includes(token), args.join(' '));
  }
}

/** Writes a program into the folder that runs the sources. */
async function linkSources(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const version = `globalThis.VERSION = ${cliBundle.define.VERSION};`;
  const main = pathToFileURL(path.join(root, 'src', 'cli', 'main.ts')).href;
  await writeFile(path.join(folder, PROGRAM), `${version}\nawait import('${main}');\n`);
}

function tested(): string[] {
  try {
    return [testedNode()];
  } catch (error) {
    console.log(`      skipped: Node ${TESTED_NODE} cannot be installed: ${String(error)}`);
    return [];
  }
}
