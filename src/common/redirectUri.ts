import type { FlowName } from './configuration.ts';

/** The redirect URI to register for the loopback flow. Spotify then accepts any port. */
export const LOOPBACK_REDIRECT_URI = 'http://127.0.0.1/callback';
/** The redirect URI to register for the relay flow. */
export const RELAY_REDIRECT_URI = 'https://vscode.dev/redirect';

/**
 * The two loopback literals that Spotify accepts. Spotify compares text, so `127.1` is another
 * host.
 */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d+))?(?=[/?]|$)/i;

/**
 * Why Spotify would refuse a redirect URI. `otherFlow`: the redirect URI does not fit the flow of
 * the settings.
 */
export type RedirectUriFault = 'notAnAddress' | 'localhost' | 'insecure' | 'otherFlow';

/** The id of this extension. */
export const EXTENSION_ID = 'spotify-sdk.spotify-authentication';

/** The redirect URI of the editor link flow. VS Code passes such a URI to our URI handler. */
export const editorLink = (uriScheme: string): string => `${uriScheme}://${EXTENSION_ID}/callback`;

/** A link that brings a window to the front. VS Code does this for every link to an extension. */
export const returnLink = (uriScheme: string): string => `${uriScheme}://${EXTENSION_ID}/return`;

/** The flow that receives callbacks at this redirect URI; `paste` if no other flow does. */
export function flowOf(redirectUri: string, uriScheme: string): FlowName {
  if (redirectUri === RELAY_REDIRECT_URI) return 'relay';
  if (redirectUri === editorLink(uriScheme)) return 'editorLink';
  return /^http:/i.test(redirectUri) ? 'loopback' : 'paste';
}

/** The port in a loopback redirect URI; 0 if there is none. Also finds `:80`, which `URL` drops. */
export function portOf(redirectUri: string): number {
  return Number(LOOPBACK.exec(redirectUri)?.[2] ?? 0);
}

/** Adds `port` to a loopback redirect URI without a port; returns any other redirect URI unchanged. */
export function withPort(redirectUri: string, port: number): string {
  return redirectUri.replace(LOOPBACK, (whole, host: string, named?: string) =>
    named === undefined ? `${host}:${port}` : whole,
  );
}

/**
 * Returns the redirect URI that the user has to register with Spotify. This is `configured`, the
 * redirect URI of the settings, if it is defined. Otherwise, it is `redirectUri` without its port:
 * Spotify accepts any port if a loopback literal is registered without one.
 */
export function toRegister(redirectUri: string, configured: string | undefined): string {
  return configured ?? redirectUri.replace(LOOPBACK, '$1');
}

/**
 * Returns the first of Spotify’s rules that a redirect URI breaks; undefined if it breaks none.
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
