/**
 * An OAuth error code (RFC 6749 sections 4.1.2.1 and 5.2) as it may be shown: one of a few words,
 * or nothing of what the answer says.
 */
export function errorWord(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown error';
}
