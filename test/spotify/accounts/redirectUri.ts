/** A loopback IP literal, for which alone Spotify allows plain HTTP (Spotify, “Redirect URIs”). */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(:\d+)?(?=[/?#]|$)/;

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a requested redirect URI matches the registered one. All characters must be equal, but a
 * loopback IP literal registered without a port matches every port (Spotify, “Redirect URIs”).
 */
export function matchesRegistered(requested: string, registered: string): boolean {
  if (!URL.canParse(requested)) return false;
  return requested === registered || requested.replace(LOOPBACK, '$1') === registered;
}

/**
 * Whether Spotify has allowed a registered redirect URI since November 2025: https, a loopback IP
 * literal, or a custom scheme. `localhost` is never allowed, nor is a custom scheme with a loopback
 * host (observed 2025-05).
 */
export function isSecure(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol === 'http:') return LOOPBACK.test(redirectUri);
  if (protocol === 'https:') return hostname !== 'localhost';
  return !LOCAL_HOSTS.has(hostname);
}
