import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** Real origins, each with the origin that answers in its place, without trailing slashes. */
export type RealNames = Readonly<Record<string, string>>;

const preload = path.join(import.meta.dirname, 'realNames.cjs');

/** Environment variables of a server in whose extension hosts the other origins answer. */
export function realNamesEnvironment(names: RealNames): NodeJS.ProcessEnv {
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

/** Makes the other origins answer in the pages of a browser, and so in web-worker extension hosts. */
export async function playRealNames(context: BrowserContext, names: RealNames): Promise<void> {
  for (const [real, playing] of Object.entries(names)) {
    await context.route(`${real}/**`, async (route) => {
      const url = route.request().url().replace(real, playing);
      const response = await route.fetch({ url, maxRedirects: 0 });
      // Without this header Playwright would let pages read the response, unlike a browser.
      const headers = { 'access-control-allow-origin': 'null', ...response.headers() };
      await route.fulfill({ response, headers });
    });
  }
}
