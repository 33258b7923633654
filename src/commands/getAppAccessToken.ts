import * as vscode from 'vscode';
import type { AppSession } from '../appTokens/appSignIn.ts';
import { describeError } from '../describeError.ts';
import { appNotices, copyAppTokenQuestion } from '../messages/appTokens.ts';
import { failureMessage } from '../signIn/failureMessage.ts';
import { showMessage } from '../signIn/showMessage.ts';
import type { CommandContext } from './registerCommands.ts';

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
  const { sessions } = context.app;
  const app = await sessions.current();
  if (!app) return sessions.signIn.run();
  try {
    const token = await sessions.token(app, true);
    return token && { app, token };
  } catch (error) {
    const { log } = context;
    log.error(`There is no access token of the app. ${describeError(error)}`);
    const tryAgain = () => getAppAccessToken(context);
    const handlers = { tryAgain, showLog: () => log.show() };
    void showMessage('error', failureMessage(error, { other: appNotices.none }), handlers, log);
    return undefined;
  }
}
