import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { Page, Response } from 'playwright-core';
import type { PageKind, SignInOutcome } from '../../src/auth/authorize.ts';
import { LoopbackServer } from '../../src/auth/node/loopbackServer.ts';
import { type PageStrings, renderPage } from '../../src/node/signInPage.ts';

/** The link of the pages, as VS Code makes it. */
export const LINK = 'vscode://spotify-sdk.spotify-authentication/return?windowId=1';

/** A stand-in for `vscode` with what the texts of the pages need. */
const STAND_IN = `
export const env = { appName: 'Visual Studio Code' };
const filled = (text, values) => text.replace(/\\{(\\d+)\\}/g, (_, index) => values[index]);
export const l10n = {
  t: (text, ...values) =>
    typeof text === 'string' ? filled(text, values) : filled(text.message, text.args),
};`;

const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: `data:text/javascript,${encodeURIComponent(STAND_IN)}`, shortCircuit: true }
      : next(specifier, context),
});
const { pageStrings, returnLink } = await import('../../src/messages/browserPage.ts');
hooks.deregister();

export { pageStrings, returnLink };

const template = readFileSync(new URL('../../media/callback.html', import.meta.url), 'utf8');
const OUTCOMES: readonly SignInOutcome[] = ['signedIn', 'denied', 'failed', 'expired'];

/** Leads a tab to one page, by the way that leads there in life; returns the answer with it. */
export async function showPage(
  tab: Page,
  kind: PageKind,
  different: Partial<PageStrings> = {},
): Promise<Response | null> {
  const link = { href: LINK, text: returnLink() };
  const server = await LoopbackServer.listen({
    redirectUri: 'http://127.0.0.1/callback',
    state: 'ours',
    page: (shown) =>
      renderPage(template, {
        ...{ kind: shown, language: 'en', link, ...pageStrings(shown) },
        ...different,
      }),
    // The outcome is told as unknown when it takes longer than that.
    ...(kind === 'received' && { lingerMs: 1 }),
  });
  const callback = `${server.redirectUri}?code=AQx&state=${kind === 'unknown' ? 'theirs' : 'ours'}`;
  if (kind === 'used') await fetch(callback, { redirect: 'manual' });
  const arriving = tab.goto(callback);
  const outcome = OUTCOMES.find((one) => one === kind);
  if (outcome) {
    await server.waitForCallback(AbortSignal.timeout(10_000));
    void server.close(outcome);
  }
  const response = await arriving;
  await server.close('failed');
  return response;
}
