import * as vscode from 'vscode';
import type { AppSession } from '../appTokens/appSignIn.ts';
import { showAppTokenFailure } from '../appTokens/appTokenNotices.ts';
import { appNotices, copyAppTokenQuestion } from '../messages/appTokens.ts';
import { confirms } from '../messages/confirms.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';

/** Warns the user, then copies an access token of the user's app. */
export async function getAppAccessToken(context: CommandContext): Promise<void> {
  const current = await session(context);
  if (!current) return;
  const { clientId } = current.app;
  if (!(await confirms(copyAppTokenQuestion(clientId, current.token.expiresAt)))) return;
  // The token may have expired while the question was open.
  const copied = await session(context);
  if (copied?.app.clientId !== clientId) return;
  await vscode.env.clipboard.writeText(copied.token.accessToken);
  void showMessage('information', appNotices.copied(copied.token.expiresAt), {}, context.log);
}

/**
 * Returns the app and its token. Asks the user for the client secret if it is not known. Returns
 * undefined if there is no token, after the user has been told why.
 * @throws vscode.CancellationError if the user enters no client secret that works.
 */
async function session(context: CommandContext): Promise<AppSession | undefined> {
  const sessions = context.appSessions;
  const app = await sessions.current();
  if (!app) return sessions.signIn.run();
  try {
    const token = await sessions.token(app, true);
    return token && { app, token };
  } catch (error) {
    showAppTokenFailure(error, () => getAppAccessToken(context), context.log);
    return undefined;
  }
}
