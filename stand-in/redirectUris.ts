import { isSecure } from '../test/spotify/accounts/redirectUri.ts';

/** @throws Error for a redirect URI that Spotify refuses at every sign-in, although the app has registered it. */
export function checkRedirectUris(redirectUris: readonly string[]): void {
  for (const uri of redirectUris) {
    if (!URL.canParse(uri)) throw new Error(`The redirect URI ${uri} is not a valid URI.`);
    if (isSecure(uri)) continue;
    const advice = /^https?:\/\/localhost\b/i.test(uri)
      ? `Use ${uri.replace(/localhost/i, '127.0.0.1')} in its place.`
      : 'It must use https, http with 127.0.0.1 or [::1], or a scheme of your own.';
    throw new Error(`Spotify refuses ${uri} as an “Insecure redirect URI”. ${advice}`);
  }
}
