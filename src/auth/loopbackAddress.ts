/**
 * Whether a URL's host is a loopback IP literal: 127.0.0.0/8 or [::1]. Names never count, not even
 * `localhost`, since what they resolve to can be changed (RFC 8252 section 8.3).
 */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  // The URL standard has already written every IPv4 form as four decimal numbers.
  return hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
