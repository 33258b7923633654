/** The one plain-http form Spotify allows: a loopback IP literal (Spotify, "Redirect URIs"). */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(:\d+)?(?=[/?#]|$)/;

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a requested redirect URI counts as the registered one: the same character by character,
 * but a loopback IP literal registered without a port accepts any port (Spotify, "Redirect URIs").
 */
export function matchesRegistered(requested: string, registered: string): boolean {
  if (!URL.canParse(requested)) return false;
  return requested === registered || requested.replace(LOOPBACK, '$1') === registered;
}

/**
 * Whether a registered redirect URI is still allowed since November 2025: https, a loopback IP
 * literal, or an app's own scheme. `localhost` never is, and neither is an own scheme with a
 * loopback host (observed 2025-05).
 */
export function isSecure(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol === 'http:') return LOOPBACK.test(redirectUri);
  if (protocol === 'https:') return hostname !== 'localhost';
  return !LOCAL_HOSTS.has(hostname);
}
