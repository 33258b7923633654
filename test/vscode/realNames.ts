import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hosts } from './realHosts.ts';

const preload = path.join(import.meta.dirname, 'realNames.cjs');

/** Environment variables of a server in whose extension hosts the other origins answer. */
export function realNamesEnvironment(hosts: Hosts): NodeJS.ProcessEnv {
  const names = Object.fromEntries(
    Object.entries(hosts).map(([host, origin]) => [`https://${host}`, origin]),
  );
  return {
    NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
    REAL_NAMES: JSON.stringify(names),
  };
}

/** The environment variables that a running server gives the extension hosts that it starts. */
export class ExtensionHostEnvironment {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'environment-'));
  readonly #file = path.join(this.#folder, 'variables.json');

  constructor() {
    this.set({});
  }

  /** The environment variable of the server that names the file with the others. */
  get env(): NodeJS.ProcessEnv {
    return { EXTENSION_HOST_ENVIRONMENT: this.#file };
  }

  /** Replaces the variables. An extension host that is running keeps its own. */
  set(variables: Readonly<Record<string, string>>): void {
    writeFileSync(this.#file, JSON.stringify(variables));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
