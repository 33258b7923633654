import * as vscode from 'vscode';
import { ownClient } from '../common/client.ts';
import { DEFAULT_SCOPES } from '../ownScopes.ts';
import type { CommandContext } from './commandContext.ts';

/** Signs in, with another account where somebody is signed in: Spotify's page then lets them choose. */
export async function signIn({ signIn }: CommandContext): Promise<void> {
  // What came of it has been told.
  await signIn.run({ scopes: DEFAULT_SCOPES }).catch(() => undefined);
}

/** Leads through the set-up of the client ID, and signs in with it: only that proves it. */
export async function setUpClientId({ environment, signIn }: CommandContext): Promise<void> {
  const clientId = await environment.setUp.change().catch(whenCancelled);
  if (!clientId) return;
  // What came of it has been told.
  await signIn.run({ scopes: DEFAULT_SCOPES, client: ownClient(clientId) }).catch(() => undefined);
}

function whenCancelled(error: unknown): undefined {
  if (!(error instanceof vscode.CancellationError)) throw error;
}
