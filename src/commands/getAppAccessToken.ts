import * as vscode from 'vscode';
import type { AppSession } from '../appTokens/appSignIn.ts';
import { showAppTokenFailure } from '../appTokens/appTokenNotices.ts';
import { appNotices, copyAppTokenQuestion } from '../messages/appTokens.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';

/** Copies an access token of the person's app, when they know what that means. */
export async function getAppAccessToken(context: CommandContext): Promise<void> {
  const asked = await session(context);
  if (!asked) return;
  const { clientId } = asked.app;
  const { text, detail, button } = copyAppTokenQuestion(clientId, asked.token.expiresAt);
  const chosen = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
  if (chosen !== button) return;
  // The question may have been open for long.
  const copied = await session(context);
  if (copied?.app.clientId !== clientId) return;
  await vscode.env.clipboard.writeText(copied.token.accessToken);
  void showMessage('information', appNotices.copied(copied.token.expiresAt), {}, context.log);
}

/** Asks for a client secret where none is known; undefined where there is no token, which is told. */
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
