import * as vscode from 'vscode';
import { ofExtension, sessionDetail } from '../messages/accounts.ts';
import { results } from '../messages/commands.ts';
import { plainText } from '../messages/plainText.ts';
import { REFRESH_TOKEN_LIFETIME } from '../sessions/sessionTimes.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';
import { signIn } from './signIn.ts';

/** A session as it stands in a list. */
export interface SessionRow extends vscode.QuickPickItem {
  readonly session: StoredSession;
}

export function sessionRow(session: StoredSession): SessionRow {
  const { account, client, token, consentedAt } = session;
  const consentEnds = consentedAt + REFRESH_TOKEN_LIFETIME;
  return {
    label: plainText(account.label),
    description:
      client.source === 'extension' ? ofExtension(scopesOf([session])) : scopesOf([session]),
    detail: sessionDetail({ tokenEnds: token.expiresAt, consentEnds, clientId: client.id }),
    iconPath: new vscode.ThemeIcon('account'),
    session,
  };
}

/** What the sessions may do together. */
export function scopesOf(sessions: readonly StoredSession[]): string {
  return plainText([...new Set(sessions.flatMap(({ scopes }) => scopes))].join(', '));
}

/** The only session, or the one that the person chooses; undefined when they choose none. */
export async function chooseSession(
  context: CommandContext,
  title: string,
): Promise<StoredSession | undefined> {
  const sessions = await context.store.list();
  if (sessions.length === 0) tellNobody(context);
  if (sessions.length <= 1) return sessions[0];
  const rows = sessions.map(sessionRow);
  const options = { title, matchOnDescription: true };
  return (await vscode.window.showQuickPick(rows, options))?.session;
}

/** Says that there is nobody to do something with. */
export function tellNobody(context: CommandContext): void {
  void showMessage('information', results.nobody(), { signIn: () => signIn(context) }, context.log);
}
