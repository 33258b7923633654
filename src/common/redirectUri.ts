import type { FlowName } from './configuration.ts';

/** What people register with Spotify for each flow. Spotify lets a loopback literal use any port. */
export const LOOPBACK_REDIRECT_URI = 'http://127.0.0.1/callback';
export const RELAY_REDIRECT_URI = 'https://vscode.dev/redirect';

/** The two forms that Spotify takes; it compares text, so that 127.1 is another address to it. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d+))?(?=[/?]|$)/i;

/** Why Spotify would refuse a redirect URI, or the flow of the settings has no use for it. */
export type RedirectUriFault = 'notAnAddress' | 'localhost' | 'insecure' | 'otherFlow';

/** The id of this extension. */
export const EXTENSION_ID = 'spotify-sdk.spotify-authentication';

/** What VS Code hands to our URI handler: the authority is the id of this extension. */
export const editorLink = (uriScheme: string): string => `${uriScheme}://${EXTENSION_ID}/callback`;

/** What brings a window to the front: VS Code does so for what it can hand to a handler. */
export const returnLink = (uriScheme: string): string => `${uriScheme}://${EXTENSION_ID}/return`;

/** Which flow a redirect URI comes back by; `paste` where nobody receives it. */
export function flowOf(redirectUri: string, uriScheme: string): FlowName {
  if (redirectUri === RELAY_REDIRECT_URI) return 'relay';
  if (redirectUri === editorLink(uriScheme)) return 'editorLink';
  return /^http:/i.test(redirectUri) ? 'loopback' : 'paste';
}

/** The port that a loopback redirect URI names, 80 included, which a `URL` drops; 0 for none. */
export function portOf(redirectUri: string): number {
  return Number(LOOPBACK.exec(redirectUri)?.[2] ?? 0);
}

/** The same on another port, where it is a loopback one that names none. */
export function withPort(redirectUri: string, port: number): string {
  return redirectUri.replace(LOOPBACK, (whole, host: string, named?: string) =>
    named === undefined ? `${host}:${port}` : whole,
  );
}

/** What has to be registered: Spotify takes any port for a loopback literal registered without. */
export function toRegister(redirectUri: string, configured: string | undefined): string {
  return configured ?? redirectUri.replace(LOOPBACK, '$1');
}

/**
 * What is wrong with a redirect URI, by Spotify's rules.
 * https://developer.spotify.com/documentation/web-api/concepts/redirect_uri
 */
export function redirectUriFault(uri: string): RedirectUriFault | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(uri) || !URL.canParse(uri) || uri.includes('#')) {
    return 'notAnAddress';
  }
  const { protocol, hostname } = new URL(uri);
  if (/^https?:$/.test(protocol) && hostname === 'localhost') return 'localhost';
  return protocol === 'http:' && !LOOPBACK.test(uri) ? 'insecure' : undefined;
}
