import type { SecretStorage } from 'vscode';
import type { SessionRevisions } from './acrossWindows.ts';

/** The key of a session's secret is this prefix and the id of the session. */
export const KEY_PREFIX = 'session:';

/**
 * Whether a secret with this key is a session. One editor splits long secrets, and also lists the parts, as
 * `<key>-1`. An id is a UUID, which never ends like that.
 */
export const isSessionKey = (key: string): boolean =>
  key.startsWith(KEY_PREFIX) && !/-\d{1,3}$/.test(key);

/** The id of the session whose secret has this key. */
export const idOf = (key: string): string => key.slice(KEY_PREFIX.length);

/**
 * Returns the keys of all sessions that SecretStorage lists or `revisions` knows. Theia 1.74 lists no secrets,
 * and other editors may fail to list them. Some of the returned keys may have no secret. Returns undefined if
 * the list fails and `revisions` knows no session: there may still be some. Rejects if neither can tell.
 */
export async function sessionKeys(
  secrets: Pick<SecretStorage, 'keys'>,
  revisions: Pick<SessionRevisions, 'ids'>,
): Promise<Set<string> | undefined> {
  const ids = await revisions.ids?.();
  const keys = new Set(ids?.map((id) => KEY_PREFIX + id));
  try {
    for (const key of await secrets.keys()) if (isSessionKey(key)) keys.add(key);
  } catch (error) {
    if (!ids) throw error;
    if (ids.length === 0) return undefined;
  }
  return keys;
}

/** Whether the next window finds the stored session with this id. */
export const isFound = (id: string, ...storage: Parameters<typeof sessionKeys>): Promise<boolean> =>
  sessionKeys(...storage).then(
    (keys) => keys?.has(KEY_PREFIX + id) === true,
    () => false,
  );
