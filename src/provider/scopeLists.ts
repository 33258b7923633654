import { normalizeScopes } from '../auth/scopes.ts';
import type { Client } from '../common/client.ts';
import type { StoredSession } from '../sessions/storedSession.ts';

/** The convention of Microsoft's provider (extensions/microsoft-authentication, scopeData.ts). */
const MARKER = 'VSCODE_CLIENT_ID:';

/** What an extension asks for with a list of scopes. */
export interface AskedFor {
  /** Those that Spotify gets to see. */
  readonly scopes: readonly string[];
  /** The Spotify app that the extension names; undefined for the user's own. */
  readonly client: Client | undefined;
}

/** An extension names a Spotify app of its own in a way that cannot be read. */
export class ClientIdMarkerError extends Error {
  override readonly name = 'ClientIdMarkerError';
}

/**
 * Takes the marker, `VSCODE_CLIENT_ID:` and a client ID, from among the scopes.
 * @throws ClientIdMarkerError for one that is malformed, and for two.
 */
export function askedFor(list: readonly string[]): AskedFor {
  const all = normalizeScopes(list);
  const [marker, ...others] = all.filter(isMarker);
  if (marker === undefined) return { scopes: all, client: undefined };
  if (others.length > 0) {
    throw new ClientIdMarkerError(`The scopes name ${others.length + 1} client IDs; use one.`);
  }
  const clientId = marker.slice(MARKER.length);
  if (!marker.startsWith(MARKER) || !/^[\da-f]{32}$/.test(clientId)) {
    throw new ClientIdMarkerError(
      `A client ID among the scopes is written ${MARKER} and 32 digits from 0 to 9 and a to f, as the Spotify dashboard shows it.`,
    );
  }
  return {
    scopes: all.filter((scope) => scope !== marker),
    client: { id: clientId, source: 'extension' },
  };
}

/** The scopes of a session as an extension asks for it: VS Code compares them. */
export function listedScopes({ scopes, client }: StoredSession): readonly string[] {
  return client.source === 'extension' ? [...scopes, MARKER + client.id] : scopes;
}

/** Anything that looks like one, so that nothing that is meant so reaches Spotify. */
const isMarker = (scope: string): boolean => /vscode[_-]?client[_-]?id/i.test(scope);
