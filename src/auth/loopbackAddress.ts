/**
 * Whether a URL's host is a loopback IP literal: 127.0.0.0/8 or [::1]. False for `localhost`: the user's
 * machine may resolve names to any address (RFC 8252 section 8.3).
 */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  // `URL` has written every form of an IPv4 address as four decimal numbers.
  return hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Returns the origin of an http(s) address whose host is a loopback IP literal; undefined for any other text. */
export function loopbackOrigin(text: string): string | undefined {
  const isLoopback = URL.canParse(text) && /^https?:/i.test(text) && isLoopbackUrl(text);
  return isLoopback ? new URL(text).origin : undefined;
}
