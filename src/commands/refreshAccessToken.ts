import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import { chooseStrings } from '../messages/accounts.ts';
import { refreshing, results } from '../messages/commands.ts';
import type { Message } from '../messages/message.ts';
import { isTokenRecent } from '../sessions/sessionTimes.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { failureMessage } from '../signIn/failureMessage.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';
import { chooseSession } from './sessionRow.ts';

/** A token younger than this, in seconds, is not refreshed. */
const MIN_REFRESH_AGE = 60;

/**
 * Gets a new access token for a session, unless its token is less than a minute old. Without an id, the
 * user chooses the session and is told of the result.
 * @param id The id of a session of a user or of the app. Another extension passes it if Spotify
 * answered a request with 401, and then asks for the session again. With an id, this resolves even if
 * the refresh fails. The user is then told only if Spotify has ended the session or refuses the client
 * secret.
 */
export async function refreshAccessToken(context: CommandContext, id?: unknown): Promise<void> {
  if (id !== undefined) return refreshSilently(context, id);
  const session = await chooseSession(context, chooseStrings.refresh());
  if (session) await refreshSession(context, session);
}

/**
 * Gets a new access token for this session, unless the session's token is less than a minute old. Tells
 * the user of the result.
 */
export async function refreshSession(
  context: CommandContext,
  session: StoredSession,
): Promise<void> {
  const { store, log } = context;
  const { label } = session.account;
  const progress = { location: vscode.ProgressLocation.Window, title: refreshing(label) };
  try {
    const hasNew = await vscode.window.withProgress(progress, () => refresh(context, session.id));
    const { token } = (await store.list()).find(({ id }) => id === session.id) ?? {};
    // If the session is gone, it was signed out or suspended, and the user has been told.
    if (!token) return;
    const message = hasNew ? results.refreshed(label, token.expiresAt) : results.tooNew(label);
    void showMessage('information', message, {}, log);
  } catch (error) {
    showTokenFailure(context, session, error, () => refreshSession(context, session));
  }
}

/** Tells the user why there is no token, with a button that calls `tryAgain`. */
export function showTokenFailure(
  { log }: CommandContext,
  { client }: StoredSession,
  error: unknown,
  tryAgain: () => unknown,
): void {
  const message: Message = failureMessage(error, { other: results.notRefreshed, client });
  void showMessage('error', message, { tryAgain, showLog: () => log.show() }, log);
}

async function refreshSilently(context: CommandContext, id: unknown): Promise<void> {
  try {
    await context.appSessions.renew(id);
    await refresh(context, id);
  } catch (error) {
    // The refresher has logged a warning. A second one in each call would fill the log.
    context.log.debug(`Another extension’s refresh has failed. ${describeError(error)}`);
  }
}

/**
 * Gets a new access token for the session with this id, unless the session is suspended or its token is
 * less than a minute old.
 * @returns Whether the session has a new token; false for an unknown id.
 */
async function refresh({ store, refresher }: CommandContext, id: unknown): Promise<boolean> {
  const known = (await store.list()).find((session) => session.id === id);
  const session = known && (await store.reread(known.id));
  if (!session || session.suspendedAt !== undefined) return false;
  if (isTokenRecent(session, MIN_REFRESH_AGE)) return false;
  return (await refresher.renew(session)) !== undefined;
}
