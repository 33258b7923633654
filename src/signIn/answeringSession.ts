import { CancellationError, window } from 'vscode';
import { unlessAborted } from '../auth/abortable.ts';
import { signedIn } from '../messages/signIn.ts';
import { answers } from '../sessions/matchingSessions.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { isRequestedAccount } from './account.ts';
import type { SignInRequest } from './signInRequest.ts';

/**
 * Returns the session that answers the request without a sign-in, the latest consent if there are several.
 * Returns undefined if there is none, if the request needs a new consent, or if SecretStorage cannot be read.
 */
export async function answeringSession(
  request: SignInRequest,
  store: Pick<SessionStore, 'rereadAll'>,
): Promise<StoredSession | undefined> {
  const { consentedAfter } = request;
  if (consentedAfter === undefined) return undefined;
  const known = await store.rereadAll().catch(() => []);
  return known.findLast(
    (session) =>
      session.suspendedAt === undefined &&
      session.consentedAt > consentedAfter &&
      answers(session, request) &&
      isRequestedAccount(session.account, request.account, known),
  );
}

/**
 * Runs `action` for the button of a message. If a stored session answers the request by now, tells the user
 * so instead. Returns false if `action` fails; `action` itself tells the user. Never rejects.
 */
export async function unlessAnswered(
  request: SignInRequest,
  store: Pick<SessionStore, 'rereadAll'>,
  action: () => Promise<unknown>,
): Promise<boolean> {
  const stored = await answeringSession(request, store);
  if (!stored) {
    return action().then(
      () => true,
      () => false,
    );
  }
  const text = signedIn.now(stored.account.label);
  window.showInformationMessage(text).then(undefined, () => undefined);
  return true;
}

/** Tells a sign-in that a stored session answers its request. */
export interface AnswerWatch {
  /** Aborted as soon as there is such a session. The sign-in is no longer needed. */
  readonly signal: AbortSignal;
  /** Ends the watch, before the sign-in stores a session of its own. */
  stop(): void;
}

/**
 * Settles as `signIn` does, or resolves with the session that answers the request as soon as the store has
 * one, from any window.
 */
export async function signInUnlessAnswered(
  request: SignInRequest,
  store: Pick<SessionStore, 'rereadAll' | 'watch'>,
  signIn: (watch: AnswerWatch) => Promise<StoredSession>,
): Promise<StoredSession> {
  const ended = new AbortController();
  let answer: StoredSession | undefined;
  const look = async () => {
    answer ??= await answeringSession(request, store);
    if (answer) ended.abort(new CancellationError());
  };
  const watching = store.watch({ changed: () => void look() });
  const stop = () => watching.dispose();
  const { signal } = ended;
  try {
    return await unlessAborted(signIn({ signal, stop }), signal);
  } catch (error) {
    if (answer) return answer;
    throw error;
  } finally {
    stop();
  }
}
