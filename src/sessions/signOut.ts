import type { AccountHistory } from './accountHistory.ts';
import type { SessionStore } from './sessionStore.ts';

/**
 * Signs the user out of a session. The user does not see suspended sessions: they are removed with the
 * last visible session of their account. For an unknown id, only notes the sign-out. Rejects if SecretStorage
 * fails.
 */
export async function signOut(
  id: string,
  { store, history }: { readonly store: SessionStore; readonly history: AccountHistory },
): Promise<void> {
  const all = await store.all();
  await store.remove(id);
  history.noteSignOut();
  const account = all.find((session) => session.id === id)?.account.id;
  const left = all.filter((session) => session.id !== id && session.account.id === account);
  if (left.some(({ suspendedAt }) => suspendedAt === undefined)) return;
  for (const session of left) await store.remove(session.id);
}
