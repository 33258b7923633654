import * as vscode from 'vscode';
import { isExpired } from '../auth/tokenInfo.ts';
import { chooseStrings, copyQuestion } from '../messages/accounts.ts';
import { results } from '../messages/commands.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { showMessage } from '../messages/showMessage.ts';
import { tellNoToken } from './refreshAccessToken.ts';
import type { CommandContext } from './commandContext.ts';
import { chooseSession, scopesOf } from './sessionRow.ts';

/** With less than this left a token is not worth copying, in seconds. */
const TOO_SHORT = 5 * 60;

/** Copies the access token of a session, when the person knows what that means. */
export async function copyAccessToken(context: CommandContext): Promise<void> {
  const session = await chooseSession(context, chooseStrings.copy());
  if (session) await copyTokenOf(context, session);
}

/** The same for this session. */
export async function copyTokenOf(context: CommandContext, session: StoredSession): Promise<void> {
  const { label } = session.account;
  const asked = await lasting(context, session);
  if (!asked) return;
  const { text, detail, button } = copyQuestion(label, scopesOf([session]), asked.token.expiresAt);
  const chosen = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
  if (chosen !== button) return;
  // The question may have been open for long.
  const copied = await lasting(context, session);
  if (!copied) return;
  await vscode.env.clipboard.writeText(copied.token.accessToken);
  const message = results.copied(label, copied.token.expiresAt);
  void showMessage('information', message, {}, context.log);
}

/** The session with a token that lasts a while; undefined where there is none, which is told. */
async function lasting(
  context: CommandContext,
  session: StoredSession,
): Promise<StoredSession | undefined> {
  const { store, refresher } = context;
  const current = async () => (await store.list()).find(({ id }) => id === session.id);
  const known = await current();
  if (!known || !isExpired(known.token, TOO_SHORT)) return known;
  try {
    await refresher.renew(known);
    return await current();
  } catch (error) {
    tellNoToken(context, session, error, () => copyTokenOf(context, session));
    return undefined;
  }
}
