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

/** A younger token is not what went wrong, in seconds. */
const YOUNG = 60;

/**
 * Gets a new access token for a session, unless its own is younger than a minute.
 * @param id The session's, also an app's own: then this resolves with nothing, whatever came of it, and
 * nobody is told but of a session that Spotify has ended, or a client secret that it refuses. What
 * another extension runs after a 401, before it asks for the session anew.
 */
export async function refreshAccessToken(context: CommandContext, id?: unknown): Promise<void> {
  if (id !== undefined) return refreshSilently(context, id);
  const session = await chooseSession(context, chooseStrings.refresh());
  if (session) await refreshSession(context, session);
}

/** Refreshes as {@link refreshAccessToken}, and tells the person what came of it. */
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
    // Who signed out or was refused has been told.
    if (!token) return;
    const message = hasNew ? results.refreshed(label, token.expiresAt) : results.young(label);
    void showMessage('information', message, {}, log);
  } catch (error) {
    tellNoToken(context, session, error, () => refreshSession(context, session));
  }
}

/** Says why there is no token; the person may try again. */
export function tellNoToken(
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
    // The refresher has warned of it; whoever asks in a loop would bury everything else.
    context.log.debug(`Another extension’s refresh has failed. ${describeError(error)}`);
  }
}

/** @returns whether there is another token than before; an unknown id has none. */
async function refresh({ store, refresher }: CommandContext, id: unknown): Promise<boolean> {
  const known = (await store.list()).find((session) => session.id === id);
  const session = known && (await store.reread(known.id));
  if (!session || session.suspendedAt !== undefined || isTokenRecent(session, YOUNG)) return false;
  return (await refresher.renew(session)) !== undefined;
}
