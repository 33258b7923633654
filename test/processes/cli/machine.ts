import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { App, Spotify } from '../../spotify/index.ts';
import { installBrowser } from '../../library/installBrowser.ts';

/** What a run of the program has printed. */
export interface Run {
  readonly args: readonly string[];
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
  /** Whether it ran in a terminal, which shows what the user types, too. */
  readonly isInTerminal: boolean;
}

/** Runs a command in a pseudo-terminal of which it is the foreground. */
const IN_TERMINAL = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';

/** A user's computer with the program, a home, a browser and a Spotify app of its own. */
export class Machine {
  readonly app: App;
  readonly home: string;
  /** Every run, also those in a terminal. */
  readonly runs: Run[] = [];
  readonly env: NodeJS.ProcessEnv;
  readonly #node: string;
  readonly #program: string;
  readonly #spotify: Spotify;

  private constructor(spotify: Spotify, home: string, start: Start, browser: string) {
    this.#spotify = spotify;
    this.#node = start.node;
    this.#program = start.program;
    this.home = home;
    this.app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    this.env = {
      PATH: process.env['PATH'],
      HOME: home,
      BROWSER: browser,
      SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl,
      SPOTIFY_SDK_API_URL: spotify.apiUrl,
    };
  }

  static async create(spotify: Spotify, start: Start): Promise<Machine> {
    const home = await mkdtemp(path.join(tmpdir(), 'cli-'));
    const browser = await installBrowser(path.join(home, 'bin'), process.execPath);
    return new Machine(spotify, home, start, browser);
  }

  /** The token file without `--cache`. */
  get file(): string {
    const { host } = new URL(this.#spotify.accountsUrl);
    const folder = path.join(this.home, '.config', 'spotify-auth', host.replace(':', '-'));
    return path.join(folder, `${this.app.clientId}.token.json`);
  }

  async record(file = this.file): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  }

  /** Has the access token expire. */
  async expire(file = this.file): Promise<void> {
    const record = { ...(await this.record(file)), expires_at: 0.5 };
    await writeFile(file, JSON.stringify(record), { mode: 0o600 });
  }

  /** Stores the tokens of a sign-in, without the sign-in. */
  async signIn(scope: readonly string[] = [], file = this.file): Promise<void> {
    const user = this.#spotify.users.get('alva');
    assert.ok(user);
    const { accessToken, refreshToken } = this.#spotify.tokens.issue(user, this.app, scope);
    const { clientId } = this.app;
    const now = Date.now() / 1000;
    const record = {
      access_token: accessToken,
      expires_at: now + 3600,
      refresh_token: refreshToken,
      scope: scope.join(' '),
      client_id: clientId,
      consented_at: now,
    };
    const folder = path.dirname(this.file);
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify(record), { mode: 0o600 });
    const last = JSON.stringify({ client_id: clientId });
    await writeFile(path.join(folder, 'last-sign-in.json'), last, { mode: 0o600 });
  }

  login(...args: string[]): Promise<Run> {
    return this.run('login', '--client-id', this.app.clientId, ...args);
  }

  run(...args: string[]): Promise<Run> {
    return this.start(args).ended;
  }

  /** Starts the program without a terminal. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): Started {
    const child = spawn(this.#node, [this.#program, ...args], {
      cwd: this.home,
      env: { ...this.env, ...env },
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    child.stdin.end(input);
    return { child, ended: this.#ended(child, args, false), told: (text) => told(child, text) };
  }

  /** Starts the program in a terminal. */
  terminal(args: readonly string[], env: NodeJS.ProcessEnv = {}): Terminal {
    const command = ['-c', IN_TERMINAL, this.#node, this.#program, ...args];
    const child = spawn('python3', command, {
      cwd: this.home,
      env: { ...this.env, TERM: 'xterm', ...env },
      timeout: 60_000,
    });
    return new Terminal(child, this.#ended(child, args, true));
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true });
  }

  async #ended(child: ChildProcess, args: readonly string[], isInTerminal: boolean): Promise<Run> {
    let out = '';
    let err = '';
    child.stdout?.on('data', (text) => (out += String(text)));
    child.stderr?.on('data', (text) => (err += String(text)));
    const [code] = (await once(child, 'close')) as [number | null];
    const run = { args, out, err, code, isInTerminal };
    this.runs.push(run);
    return run;
  }
}

/** The program, which runs without a terminal. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves when it has exited. */
  readonly ended: Promise<Run>;
  /** Resolves with what is on standard error, once that contains a text. */
  told(text: string): Promise<string>;
}

function told(child: ChildProcess, text: string): Promise<string> {
  let shown = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (more) => {
      shown += String(more);
      if (shown.includes(text)) resolve(shown);
    });
    child.once('close', () => reject(new Error(`The program ended: ${shown}`)));
  });
}

/** How the program is started. */
export interface Start {
  readonly node: string;
  readonly program: string;
}

/** A terminal in which the program runs. It shows standard output and standard error together. */
export class Terminal {
  shown = '';
  readonly ended: Promise<Run>;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, ended: Promise<Run>) {
    this.#child = child;
    this.ended = ended;
    child.stdout?.on('data', (text) => (this.shown += String(text)));
  }

  /** Resolves when the terminal shows the pattern. */
  async seen(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.shown);
      if (found) return found;
      if (this.#child.exitCode !== null) assert.fail(`The program ended: ${this.shown}`);
      await setTimeout(5);
    }
  }

  /** Resolves with the address of Spotify's page. */
  async address(): Promise<string> {
    const [, address = ''] = await this.seen(/(http\S+code_challenge=[\w-]+)/);
    return address;
  }

  /** Closes the terminal, as a user closes its window. */
  close(): void {
    this.#child.kill('SIGKILL');
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }
}
