import { type AuthorizationCode, InMemoryTokenCache } from '../../../../src/auth/index.ts';
import type { App, Spotify } from '../../../spotify/index.ts';
import { publicClient } from '../publicClient.ts';

/** A stand-in where Alva agrees, an app and browsers, for the tests of `authorizeLocal`. */
export class LocalSignIn {
  readonly spotify: Spotify;
  readonly app: App;
  readonly tokenCache = new InMemoryTokenCache();
  /** The last page of the browser. */
  tab!: Promise<string>;
  /** A browser that follows redirects. */
  readonly browser = {
    openBrowser: false,
    authorizationUrlHandler: (url: string) => {
      this.tab = fetch(url).then((page) => page.text());
    },
  };
  /** A browser that the user closes before the server answers. */
  readonly closedBrowser = { openBrowser: false, authorizationUrlHandler: () => undefined };

  constructor(spotify: Spotify) {
    this.spotify = spotify;
    const redirectUris = ['http://127.0.0.1/callback', 'http://[::1]/callback'];
    this.app = spotify.addApp({ redirectUris });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  }

  client(redirectUri = 'http://127.0.0.1/callback'): AuthorizationCode {
    const { spotify, app, tokenCache } = this;
    return publicClient(spotify, app, { redirectUri, tokenCache });
  }
}
