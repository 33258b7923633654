import { ConfigurationError } from './errors.ts';

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

/**
 * Returns the error for a redirect URI on which no server of this machine listens. `localhost` needs a port: a free
 * one would have to be free on both of its addresses.
 */
export function notLoopback(redirectUri: string): ConfigurationError {
  const example = 'http://127.0.0.1/callback';
  const isLocalhost = /^http:\/\/localhost(?=[/?]|$)/i.test(redirectUri);
  return new ConfigurationError(
    isLocalhost
      ? `${redirectUri} needs a port. Name one, or use an address that needs none, such as ${example}.`
      : `${redirectUri} is no loopback redirect URI, such as ${example}.`,
  );
}
