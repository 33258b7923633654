import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { vsix } from '../../scripts/paths.ts';
import { freePort, type ServerProcess, startServer } from '../vscode/serverProcess.ts';

const saveOften = path.join(import.meta.dirname, 'saveOften.cjs');

/** Options of {@link TheiaServer.start}. */
export interface TheiaOptions {
  /** The entry point of the backend. */
  readonly backend: string;
  /** Folders of extensions, in addition to our package. */
  readonly extensions?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether secrets outlive the server. */
  readonly hasKeyring: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A server of Theia with data of its own, for windows at 127.0.0.1. */
export class TheiaServer {
  readonly #folder: string;
  readonly #options: TheiaOptions;
  readonly #port: number;
  #process: ServerProcess | undefined;

  private constructor(folder: string, options: TheiaOptions, port: number) {
    this.#folder = folder;
    this.#options = options;
    this.#port = port;
  }

  static async start(options: TheiaOptions): Promise<TheiaServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'theia-'));
    const [config, plugins] = [path.join(folder, 'config'), path.join(folder, 'plugins')];
    await mkdir(path.join(config, 'plugins'), { recursive: true });
    await mkdir(path.join(folder, 'workspace'));
    // Theia unpacks packages in its own folder only.
    await cp(vsix, path.join(config, 'plugins', path.basename(vsix)));
    for (const extension of options.extensions ?? []) {
      await cp(extension, path.join(plugins, path.basename(extension)), { recursive: true });
    }
    const settings = { 'security.workspace.trust.enabled': false, ...options.settings };
    await writeFile(path.join(config, 'settings.json'), JSON.stringify(settings));
    await writeFile(path.join(folder, 'keyring.json'), '{}');
    const server = new TheiaServer(folder, options, await freePort());
    await server.#begin();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/#${path.join(this.#folder, 'workspace')}`;
  }

  /**
   * Waits until globalState contains `text`, for ten seconds at most. Returns whether it does. Theia may lose
   * one of two values that are stored at once.
   */
  async hasSaved(text: string): Promise<boolean> {
    const file = path.join(this.#folder, 'config', 'plugin-storage', 'global-state.json');
    for (let waits = 0; waits < 200; waits++) {
      if ((await readFile(file, 'utf8').catch(() => '')).includes(text)) return true;
      await sleep(50);
    }
    return false;
  }

  /** Ends the server, and starts it again with the same data. */
  async restart(): Promise<void> {
    await this.#process?.stop();
    await this.#begin();
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #begin(): Promise<void> {
    const { backend, env, hasKeyring } = this.#options;
    const inFolder = (name: string) => path.join(this.#folder, name);
    this.#process = await startServer({
      name: `theia-${this.#port}`,
      node: process.execPath,
      args: [
        backend,
        ...['--hostname', '127.0.0.1', '--port', String(this.#port)],
        ...[`--plugins=local-dir:${inFolder('plugins')}`, inFolder('workspace')],
      ],
      env: {
        ...env,
        NODE_OPTIONS: `--require ${JSON.stringify(saveOften)}`,
        THEIA_CONFIG_DIR: inFolder('config'),
        ...(hasKeyring && { KEYTAR_FILE: inFolder('keyring.json') }),
      },
      readyUrl: `http://127.0.0.1:${this.#port}/`,
    });
  }
}
