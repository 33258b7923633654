import { normalizeScopes } from './auth/scopes.ts';
import { OWN_SCOPES } from './ownScopes.ts';
import { covers, type StoredSession } from './sessions/storedSession.ts';

/**
 * The scope lists that found no session. VS Code withdraws a request from its Accounts menu only
 * for an added session with exactly the scopes of the request.
 */
export class UnansweredScopes {
  readonly #lists = new Map<string, readonly string[]>();

  add(scopes: readonly string[]): void {
    this.#lists.set(scopes.join(' '), scopes);
  }

  /**
   * The lists that `session` covers, but for its own; they are forgotten. Ours is one of them in any
   * case: it only offers to sign in.
   */
  take(session: StoredSession): (readonly string[])[] {
    const ours = OWN_SCOPES.join(' ');
    const covered = [...this.#lists].filter(
      ([key, list]) => key === ours || covers(session, normalizeScopes(list)),
    );
    for (const [key] of covered) this.#lists.delete(key);
    const own = session.scopes.join(' ');
    return covered.filter(([key]) => key !== own).map(([, list]) => list);
  }
}
