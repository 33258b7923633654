import { normalizeScopes } from '../auth/scopes.ts';
import type { Client } from '../common/client.ts';
import { answers } from '../sessions/matchingSessions.ts';
import type { StoredSession } from '../sessions/storedSession.ts';

/**
 * The scopes of a sign-in that the user starts without an extension. VS Code needs at least one.
 */
export const DEFAULT_SCOPES: readonly string[] = ['user-read-private'];

/**
 * The scopes of the request that shows the offer to sign in. They are the default scopes, written
 * twice, so that no extension requests an equal list. VS Code removes all requests with equal lists
 * at the same time.
 */
export const OFFERED_SCOPES: readonly string[] = [...DEFAULT_SCOPES, ...DEFAULT_SCOPES];

/** Whether this is the list of the offer to sign in. */
export const isOffer = (list: readonly string[]): boolean =>
  list.join(' ') === OFFERED_SCOPES.join(' ');

/**
 * The prefix of a client ID among the scopes, as in Microsoft's provider (its file scopeData.ts).
 */
const MARKER = 'VSCODE_CLIENT_ID:';

/** The scopes and the client ID in an extension's list of scopes. */
export interface ScopeRequest {
  /** Normalised, without the client ID. */
  readonly scopes: readonly string[];
  /** The Spotify app that the extension named. If undefined, the user's own app is used. */
  readonly client: Client | undefined;
}

/** The client ID in an extension's list of scopes has a wrong form, or there are two client IDs. */
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

/**
 * The list of scopes by which an extension requests this session, including the client ID that the
 * extension named. VS Code compares it with the list of a request.
 */
export function scopeListOf({ scopes, client }: StoredSession): readonly string[] {
  return client.source === 'extension' ? [...scopes, MARKER + client.id] : scopes;
}

/**
 * Whether a scope names a client ID. Also true for wrong forms, so that a client ID is never sent
 * to Spotify as a scope.
 */
const namesClientId = (scope: string): boolean => /vscode[_-]?client[_-]?id/i.test(scope);

/**
 * The scope lists of requests that found no session. VS Code removes a request from its Accounts
 * menu only when VS Code is told of a new session with exactly the same list.
 */
export class PendingScopeLists {
  readonly #lists = new Map<string, readonly string[]>();

  add(list: readonly string[]): void {
    this.#lists.set(list.join(' '), list);
  }

  /**
   * Removes all pending lists that `session` satisfies. Returns them, but not the session's own
   * list, because VS Code learns of that one from the session itself. An empty list is always
   * returned, as `['']`, because VS Code stores it under that key. Every session satisfies
   * `OFFERED_SCOPES`.
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
