import * as vscode from 'vscode';
import { setUpWords } from '../messages/setUp.ts';
import { OWN_SCOPES } from '../ownScopes.ts';
import type { CommandContext } from './registerCommands.ts';

/** Leads through the set-up of the client ID, and signs in with it: only that proves it. */
export async function setUpClientId({ environment, signIn }: CommandContext): Promise<void> {
  const clientId = await environment.setUp.change().catch(whenCancelled);
  if (!clientId) return;
  const signedIn = signIn.run({ scopes: OWN_SCOPES, clientId });
  // Of a failure the person has been told.
  const session = await signedIn.catch(() => undefined);
  if (session) void vscode.window.showInformationMessage(setUpWords.done(session.account.label));
}

function whenCancelled(error: unknown): undefined {
  if (!(error instanceof vscode.CancellationError)) throw error;
}
