import path from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** Origins under which extensions ask, and those that answer in their place; no trailing slashes. */
export type RealNames = Readonly<Record<string, string>>;

const preload = path.join(import.meta.dirname, 'realNames.cjs');

/** The environment of a server that has them played in its extension hosts. */
export function realNamesEnvironment(names: RealNames): NodeJS.ProcessEnv {
  return {
    NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
    REAL_NAMES: JSON.stringify(names),
  };
}

/** Has them played in the pages of a browser, and so in the web-worker extension hosts. */
export async function playRealNames(context: BrowserContext, names: RealNames): Promise<void> {
  for (const [real, playing] of Object.entries(names)) {
    await context.route(`${real}/**`, async (route) => {
      const url = route.request().url().replace(real, playing);
      const response = await route.fetch({ url, maxRedirects: 0 });
      // Playwright lets pages read what comes without this header; a browser does not.
      const headers = { 'access-control-allow-origin': 'null', ...response.headers() };
      await route.fulfill({ response, headers });
    });
  }
}
