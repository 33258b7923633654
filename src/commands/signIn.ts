import * as vscode from 'vscode';
import { ownClient } from '../common/client.ts';
import { DEFAULT_SCOPES } from '../provider/scopeLists.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * Signs the user in. If an account is signed in already, Spotify's page lets the user choose another
 * account.
 */
export async function signIn({ signIn }: CommandContext): Promise<void> {
  // The sign-in has told the user of its result.
  await signIn.run({ scopes: DEFAULT_SCOPES }).catch(() => undefined);
}

/**
 * Leads the user to a client ID and saves it. Then signs in with it, because only a sign-in proves that
 * the client ID is right.
 */
export async function setUpClientId({ environment, signIn }: CommandContext): Promise<void> {
  const clientId = await environment.setUp.change().catch(whenCancelled);
  if (!clientId) return;
  // The sign-in has told the user of its result.
  await signIn.run({ scopes: DEFAULT_SCOPES, client: ownClient(clientId) }).catch(() => undefined);
}

function whenCancelled(error: unknown): undefined {
  if (!(error instanceof vscode.CancellationError)) throw error;
}
