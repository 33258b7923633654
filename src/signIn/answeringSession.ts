import { answers } from '../sessions/matchingSessions.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { isRequestedAccount } from './account.ts';
import type { SignInRequest } from './signIn.ts';

/**
 * Returns the session that answers the request without a sign-in, the latest consent if there are several.
 * Returns undefined if there is none, or if the request needs a new consent.
 */
export async function answeringSession(
  request: SignInRequest,
  store: Pick<SessionStore, 'all'>,
): Promise<StoredSession | undefined> {
  const { consentedAfter } = request;
  if (consentedAfter === undefined) return undefined;
  const known = await store.all();
  return known.findLast(
    (session) =>
      session.suspendedAt === undefined &&
      session.consentedAt > consentedAfter &&
      answers(session, request) &&
      isRequestedAccount(session.account, request.account, known),
  );
}
