import * as vscode from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import type { Client } from '../common/client.ts';
import { pageSaysStrings, registerStrings } from '../messages/pageSays.ts';
import { withCancellationToken } from '../messages/progress.ts';
import { DASHBOARD_URL, openPage } from '../common/openPage.ts';
import { toRegister } from '../common/redirectUri.ts';
import { askWhichScopes, unknownScopes } from './unknownScopes.ts';
import type { Change } from './errors.ts';
import { askForAnotherFlow } from './questions.ts';

/**
 * Asks the user to correct the client ID. Returns the new client ID; undefined if the user closes
 * the question.
 */
type CorrectClientId = (clientId: string, signal: AbortSignal) => Promise<string | undefined>;

/** A sign-in, and its page at Spotify, which has not redirected to the editor yet. */
export interface SilentPage {
  readonly url: string;
  readonly redirectUri: string;
  /** The redirect URI of the settings; undefined if the sign-in uses another one. */
  readonly configured: string | undefined;
  readonly client: Client;
  readonly scopes: readonly string[];
  /** The flows that work here, except the current one. */
  readonly otherFlows: readonly FlowName[];
  readonly correctClientId: CorrectClientId;
}

/**
 * What the sign-in does next: start again with a change, ask for the address (`paste`), end
 * (`cancel`), or go on unchanged (undefined).
 */
export type Remedy = Change | 'paste' | 'cancel' | undefined;

/**
 * Asks the user what Spotify's page says. After some mistakes, such as an unknown client ID, the
 * page shows an error and never redirects to the editor.
 * @returns what the sign-in does next.
 */
export async function askWhatPageSays(page: SilentPage, signal: AbortSignal): Promise<Remedy> {
  const mayLeave = page.otherFlows.length > 0;
  const strings = pageSaysStrings(toRegister(page.redirectUri, page.configured), {
    client: page.client,
    mayLeave,
  });
  const items = strings.items
    .filter(({ fix }) => fix !== 'anotherWay' || mayLeave)
    .map(({ says, means, fix }) => ({ label: says, detail: means, fix }));
  const options = { title: strings.title, ignoreFocusOut: true };
  const chosen = await withCancellationToken(signal, (token) =>
    vscode.window.showQuickPick(items, options, token),
  );
  const fix = chosen?.fix;
  if (fix === 'register') {
    register(page, signal).catch(() => undefined);
    return undefined;
  }
  if (fix === 'clientId') {
    const clientId = await page.correctClientId(page.client.id, signal);
    return clientId ? { clientId } : undefined;
  }
  if (fix === 'scopes') {
    const unknown = unknownScopes(page.scopes);
    const without = await withCancellationToken(signal, (token) =>
      askWhichScopes(page.scopes, unknown, token),
    );
    return without && { without };
  }
  if (fix === 'anotherWay') return askForAnotherFlow(page.otherFlows, signal);
  return fix;
}

/** Copies the redirect URI. Then offers to open the dashboard, and to open Spotify's page again. */
async function register(
  { url, redirectUri, configured }: SilentPage,
  signal: AbortSignal,
): Promise<void> {
  const uri = toRegister(redirectUri, configured);
  await vscode.env.clipboard.writeText(uri);
  const { text, openDashboard, openAgain } = registerStrings(uri);
  for (;;) {
    const chosen = await vscode.window.showInformationMessage(text, openDashboard, openAgain);
    if (chosen === openDashboard) await openPage(DASHBOARD_URL);
    // After the end of the sign-in, no window waits for an answer of Spotify's page.
    else if (chosen === openAgain && !signal.aborted) await openPage(url);
    if (chosen !== openDashboard) return;
  }
}
