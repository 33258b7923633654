import * as vscode from 'vscode';
import { isExpired } from '../auth/tokenInfo.ts';
import { chooseStrings, copyQuestion } from '../messages/accounts.ts';
import { results } from '../messages/commands.ts';
import { confirms } from '../messages/confirms.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { showMessage } from '../messages/showMessage.ts';
import { showTokenFailure } from './refreshAccessToken.ts';
import type { CommandContext } from './commandContext.ts';
import { chooseSession, scopesOf } from './sessionRow.ts';

/** A copied token is valid for at least this time, in seconds. */
const MIN_VALIDITY = 5 * 60;

/** Copies the access token of a session that the user chooses, after a warning. */
export async function copyAccessToken(context: CommandContext): Promise<void> {
  const session = await chooseSession(context, chooseStrings.copy());
  if (session) await copySessionToken(context, session);
}

/** Copies the access token of this session, after a warning. */
export async function copySessionToken(
  context: CommandContext,
  session: StoredSession,
): Promise<void> {
  const { label } = session.account;
  const current = await withValidToken(context, session);
  if (!current) return;
  const question = copyQuestion(label, scopesOf([session]), current.token.expiresAt);
  if (!(await confirms(question))) return;
  // The token may have expired while the question was open.
  const copied = await withValidToken(context, session);
  if (!copied) return;
  await vscode.env.clipboard.writeText(copied.token.accessToken);
  const message = results.copied(label, copied.token.expiresAt);
  void showMessage('information', message, {}, context.log);
}

/**
 * Returns the session with a token that is valid for at least five minutes, after a refresh if one is
 * necessary. Returns undefined if the session is gone or the refresh fails. If the refresh fails, the
 * user is told.
 */
async function withValidToken(
  context: CommandContext,
  session: StoredSession,
): Promise<StoredSession | undefined> {
  const { store, refresher } = context;
  const current = async () => (await store.list()).find(({ id }) => id === session.id);
  const known = await current();
  if (!known || !isExpired(known.token, MIN_VALIDITY)) return known;
  try {
    await refresher.renew(known);
    return await current();
  } catch (error) {
    showTokenFailure(context, session, error, () => copySessionToken(context, session));
    return undefined;
  }
}
