import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { Page, Response } from 'playwright-core';
import type { PageKind, SignInOutcome } from '../../src/auth/authorize.ts';
import { LoopbackServer } from '../../src/auth/node/loopbackServer.ts';
import { type PageStrings, renderPage } from '../../src/node/signInPage.ts';

/** The link to the editor on the pages, in the form that VS Code gives it. */
export const LINK = 'vscode://spotify-sdk.spotify-authentication/return?windowId=1';

/** A fake of the module `vscode` with the members that the texts of the pages use. */
const FAKE_VSCODE = `
export const env = { appName: 'Visual Studio Code' };
const filled = (text, values) => text.replace(/\\{(\\d+)\\}/g, (_, index) => values[index]);
export const l10n = {
  t: (text, ...values) =>
    typeof text === 'string' ? filled(text, values) : filled(text.message, text.args),
};`;

const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: `data:text/javascript,${encodeURIComponent(FAKE_VSCODE)}`, shortCircuit: true }
      : next(specifier, context),
});
const { pageStrings, returnLink } = await import('../../src/messages/browserPage.ts');
hooks.deregister();

export { pageStrings, returnLink };

const template = readFileSync(new URL('../../media/callback.html', import.meta.url), 'utf8');
const OUTCOMES: readonly SignInOutcome[] = ['signedIn', 'denied', 'failed', 'expired'];

/** Returns the extension’s page of a kind, in which `different` replaces some texts. */
export function servedPage(kind: PageKind, different: Partial<PageStrings> = {}): string {
  const link = { href: LINK, text: returnLink() };
  return renderPage(template, { kind, language: 'en', link, ...pageStrings(kind), ...different });
}

/**
 * Shows the page of a kind in a tab, which requests it from a loopback server as in a sign-in.
 * @param different replaces these texts of the page
 * @returns the response with the page
 */
export async function showPage(
  tab: Page,
  kind: PageKind,
  different: Partial<PageStrings> = {},
): Promise<Response | null> {
  const server = await LoopbackServer.listen({
    redirectUri: 'http://127.0.0.1/callback',
    state: 'this-sign-in',
    page: (shown) => servedPage(shown, different),
    // The server shows the page `received` if the outcome takes longer than this.
    ...(kind === 'received' && { lingerMs: 1 }),
  });
  const callback = `${server.redirectUri}?code=AQx&state=${kind === 'unknown' ? 'another-sign-in' : 'this-sign-in'}`;
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
