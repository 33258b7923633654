import * as vscode from 'vscode';
import { extensionAppScopes, sessionDetail } from '../messages/accounts.ts';
import { results } from '../messages/commands.ts';
import { plainText } from '../messages/plainText.ts';
import { REFRESH_TOKEN_LIFETIME } from '../auth/tokenInfo.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { unlessAnswered } from '../signIn/answeringSession.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';
import { signIn } from './signIn.ts';

/** A session as an item of a list. */
export interface SessionRow extends vscode.QuickPickItem {
  readonly session: StoredSession;
}

export function sessionRow(session: StoredSession): SessionRow {
  const { account, client, token, consentedAt } = session;
  const consentEnds = consentedAt + REFRESH_TOKEN_LIFETIME;
  return {
    label: plainText(account.label),
    description:
      client.source === 'extension' ? extensionAppScopes(scopesOf([session])) : scopesOf([session]),
    detail: sessionDetail({ tokenEnds: token.expiresAt, consentEnds, clientId: client.id }),
    iconPath: new vscode.ThemeIcon('account'),
    session,
  };
}

/** All scopes of these sessions, separated by commas. */
export function scopesOf(sessions: readonly StoredSession[]): string {
  return plainText([...new Set(sessions.flatMap(({ scopes }) => scopes))].join(', '));
}

/**
 * Lets the user choose a session and returns it. If there is only one session, returns it without a
 * question. Returns undefined if the user closes the list. If no account is signed in, tells the user
 * and returns undefined.
 */
export async function chooseSession(
  context: CommandContext,
  title: string,
): Promise<StoredSession | undefined> {
  const sessions = await context.store.list();
  if (sessions.length === 0) showNotSignedIn(context);
  if (sessions.length <= 1) return sessions[0];
  const rows = sessions.map(sessionRow);
  const options = { title, matchOnDescription: true };
  return (await vscode.window.showQuickPick(rows, options))?.session;
}

/** Tells the user that no account is signed in, with a button to sign in. */
export function showNotSignedIn(context: CommandContext): void {
  const anySession = { scopes: [], consentedAfter: 0 };
  const button = () => unlessAnswered(anySession, context.store, () => signIn(context));
  void showMessage('information', results.notSignedIn(), { signIn: button }, context.log);
}
