/** The key of a session's secret is this prefix and the id of the session. */
export const KEY_PREFIX = 'session:';

/**
 * Whether a secret with this key is a session. One editor splits long secrets, and also lists the parts, as
 * `<key>-1`. An id is a UUID, which never ends like that.
 */
export const isSessionKey = (key: string): boolean =>
  key.startsWith(KEY_PREFIX) && !/-\d{1,3}$/.test(key);
