import { normalizeScopes } from '../auth/scopes.ts';
import type { Client } from '../common/client.ts';
import { answers } from '../sessions/matchingSessions.ts';
import type { StoredSession } from '../sessions/storedSession.ts';

/** The scopes of a sign-in that no extension asked for. VS Code needs one at least. */
export const DEFAULT_SCOPES: readonly string[] = ['user-read-private'];

/**
 * The scopes of the offer to sign in: the default scopes, repeated so that no extension's list
 * equals this one. VS Code withdraws the requests of equal lists together.
 */
export const OFFERED_SCOPES: readonly string[] = [...DEFAULT_SCOPES, ...DEFAULT_SCOPES];

/** Marks a client ID among the scopes, as in Microsoft's provider (its file scopeData.ts). */
const MARKER = 'VSCODE_CLIENT_ID:';

/** The request that an extension makes by a list of scopes. */
export interface ScopeRequest {
  /** Normalised, without the client ID. */
  readonly scopes: readonly string[];
  /** The Spotify app that the extension named; undefined for the user's own. */
  readonly client: Client | undefined;
}

/** An extension has named a client ID among the scopes in a wrong form. */
export class ClientIdMarkerError extends Error {
  override readonly name = 'ClientIdMarkerError';
}

/**
 * Separates the client ID from the scopes of an extension's list.
 * @throws ClientIdMarkerError for a client ID in a wrong form, and for two client IDs.
 */
export function parseScopeList(list: readonly string[]): ScopeRequest {
  const all = normalizeScopes(list);
  const [marked, ...others] = all.filter(namesClientId);
  if (marked === undefined) return { scopes: all, client: undefined };
  if (others.length > 0) {
    throw new ClientIdMarkerError(`The scopes name ${others.length + 1} client IDs; use one.`);
  }
  const id = marked.slice(MARKER.length);
  if (!marked.startsWith(MARKER) || !/^[\da-f]{32}$/.test(id)) {
    throw new ClientIdMarkerError(
      `A client ID among the scopes is written ${MARKER} and 32 digits from 0 to 9 and a to f, as the Spotify dashboard shows it.`,
    );
  }
  const scopes = all.filter((scope) => scope !== marked);
  return { scopes, client: { id, source: 'extension' } };
}

/** The list by which an extension asks for this session. VS Code compares it with the request's. */
export function scopeListOf({ scopes, client }: StoredSession): readonly string[] {
  return client.source === 'extension' ? [...scopes, MARKER + client.id] : scopes;
}

/** True for wrong forms too, so that Spotify never sees a client ID as a scope. */
const namesClientId = (scope: string): boolean => /vscode[_-]?client[_-]?id/i.test(scope);

/**
 * The scope lists of requests that found no session. VS Code withdraws a request from its Accounts
 * menu only when it is told of a new session with exactly the list of the request.
 */
export class PendingScopeLists {
  readonly #lists = new Map<string, readonly string[]>();

  add(list: readonly string[]): void {
    this.#lists.set(list.join(' '), list);
  }

  /**
   * Removes and returns the pending lists that this session satisfies, except its own list. Every
   * session satisfies the list of the offer to sign in. `[]` comes back as `['']`, as VS Code keys it.
   */
  take(session: StoredSession): (readonly string[])[] {
    const offered = OFFERED_SCOPES.join(' ');
    const satisfied = [...this.#lists].filter(
      ([key, list]) => key === offered || answers(session, parseScopeList(list)),
    );
    for (const [key] of satisfied) this.#lists.delete(key);
    const own = scopeListOf(session).join(' ');
    return satisfied
      .filter(([key]) => key !== own || key === '')
      .map(([, list]) => (list.length > 0 ? list : ['']));
  }
}
