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

/** Asks the user to correct the client ID; undefined when they do not. */
type CorrectClientId = (clientId: string, signal: AbortSignal) => Promise<string | undefined>;

/** Spotify's page, which has not redirected. */
export interface SilentPage {
  readonly url: string;
  readonly redirectUri: string;
  /** The redirect URI of the settings. */
  readonly configured: string | undefined;
  readonly client: Client;
  readonly scopes: readonly string[];
  /** The other flows that work here. */
  readonly otherFlows: readonly FlowName[];
  readonly correctClientId: CorrectClientId;
}

/** What the sign-in does about a page. */
export type Remedy = Change | 'paste' | 'cancel' | undefined;

/**
 * Asks what Spotify's page says: some mistakes end on a page of text that never comes back.
 * @returns what the sign-in does about it; undefined where it goes on as it is.
 */
export async function askWhatPageSays(page: SilentPage, signal: AbortSignal): Promise<Remedy> {
  const mayLeave = page.otherFlows.length > 0;
  const words = pageSaysStrings(toRegister(page.redirectUri, page.configured), {
    client: page.client,
    mayLeave,
  });
  const items = words.items
    .filter(({ fix }) => fix !== 'anotherWay' || mayLeave)
    .map(({ says, means, fix }) => ({ label: says, detail: means, fix }));
  const options = { title: words.title, ignoreFocusOut: true };
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

/** Copies the redirect URI. Offers to open the dashboard, and then to open Spotify's page again. */
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
    // After the sign-in has ended, no window waits for that page's answer.
    else if (chosen === openAgain && !signal.aborted) await openPage(url);
    if (chosen !== openDashboard) return;
  }
}
