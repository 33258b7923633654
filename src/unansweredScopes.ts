import { askedFor, listedScopes } from './provider/scopeLists.ts';
import { OFFERED_SCOPES } from './ownScopes.ts';
import { answers } from './sessions/matchingSessions.ts';
import type { StoredSession } from './sessions/storedSession.ts';

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
   * The lists that `session` answers, but for its own; they are forgotten. Ours is one of them in any
   * case: it only offers to sign in. VS Code takes an empty list for one with an empty scope.
   */
  take(session: StoredSession): (readonly string[])[] {
    const ours = OFFERED_SCOPES.join(' ');
    const answered = [...this.#lists].filter(
      ([key, list]) => key === ours || answers(session, askedFor(list)),
    );
    for (const [key] of answered) this.#lists.delete(key);
    const own = listedScopes(session).join(' ');
    return answered
      .filter(([key]) => key !== own || key === '')
      .map(([, list]) => (list.length > 0 ? list : ['']));
  }
}
