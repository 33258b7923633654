import type { Log } from '../common/log.ts';
import { showMessage } from '../messages/showMessage.ts';
import { signedIn } from '../messages/signIn.ts';
import type { AccountHistory } from '../sessions/accountHistory.ts';
import { isSameAccount } from '../sessions/newSession.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { answeringSession } from './answeringSession.ts';
import type { SignInRequest } from './signInRequest.ts';

/**
 * Whether a sign-in asks Spotify to show its dialog. Without the dialog, Spotify may return at once, with
 * the account that the browser is signed in to. The user is to choose if they have signed out before, or
 * if another account is signed in already. Rejects if SecretStorage cannot be read: a session could then not
 * be stored.
 */
export async function needsDialog(
  { account, showDialog }: SignInRequest,
  store: SessionStore,
  history: AccountHistory,
): Promise<boolean> {
  const known = await store.all();
  if (showDialog || history.hasSignedOut) return true;
  return !account && known.length > 0;
}

/** A sign-in that has ended with a session. */
export interface FinishedSignIn {
  readonly session: StoredSession;
  /** The request, with the answer of {@link needsDialog}. */
  readonly request: SignInRequest;
  /** Whether the call that needed the sign-in has failed meanwhile. */
  readonly isLate: boolean;
}

/**
 * Tells the user which account is signed in. Spotify does not tell whether it has shown its page. So if
 * the sign-in did not ask for the dialog, and any account would do, the message offers another account.
 * @param run Signs in for another request.
 */
export function showSignedIn(
  { session, request, isLate }: FinishedSignIn,
  run: (request: SignInRequest) => Promise<StoredSession>,
  store: SessionStore,
  log: Log,
): void {
  const text = (isLate ? signedIn.late : signedIn.now)(session.account.label);
  const mayBeUnasked = !request.showDialog && !request.account;
  const useAnotherAccount = async () => {
    const later = await answeringSession(
      { ...request, consentedAfter: session.consentedAt },
      store,
    );
    if (later && !isSameAccount(later.account, session.account)) {
      const text = signedIn.now(later.account.label);
      void showMessage('information', { text, actions: [] }, {}, log);
      return;
    }
    const other = await run({ ...request, consentedAfter: undefined, showDialog: true }).catch(
      () => undefined,
    );
    // The user wants the other account in place of this one.
    if (other && !isSameAccount(other.account, session.account)) await store.remove(session.id);
  };
  const message = { text, actions: mayBeUnasked ? (['useAnotherAccount'] as const) : [] };
  void showMessage('information', message, { useAnotherAccount }, log);
}
