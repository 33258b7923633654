import { type AuthorizationCode, authorizeLocal, type TokenInfo } from '../../src/auth/index.ts';
import type { App } from '../spotify/index.ts';
import { has, type Tab, type TabBrowser } from '../tabs/tab.ts';
import { publicClient } from '../unit/auth/publicClient.ts';
import type { SecureSpotify } from './secureSpotify.ts';
import { servedPage } from './servedPage.ts';

export const AGREE = '[value=agree]';
export const CANCEL = '[value=cancel]';

/** A sign-in of the library with the extension’s pages, whose consent page is opened in a tab. */
export class TabSignIn {
  /** An app of its own, so that the browser has not approved it before. */
  readonly app: App;
  readonly auth: AuthorizationCode;
  /** An abort cancels the sign-in. */
  readonly cancel = new AbortController();
  /** Settles with the sign-in. */
  result!: Promise<TokenInfo>;
  tab!: Tab;
  /** Resolves when the library sends the code. */
  readonly exchanging: Promise<unknown>;
  readonly #spotify: SecureSpotify;
  readonly #browser: TabBrowser;
  readonly #sent = Promise.withResolvers<undefined>();
  readonly #mayExchange = Promise.withResolvers<undefined>();
  #url = '';

  constructor(spotify: SecureSpotify, browser: TabBrowser, { holdsExchange = false } = {}) {
    this.#spotify = spotify;
    this.#browser = browser;
    this.app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    this.exchanging = this.#sent.promise;
    if (!holdsExchange) this.exchange();
    this.auth = publicClient(spotify, this.app, {
      redirectUri: 'http://127.0.0.1/callback',
      fetch: async (input, init) => {
        this.#sent.resolve(undefined);
        await this.#mayExchange.promise;
        return fetch(input, init);
      },
    });
  }

  /** Lets a held exchange of the code go on. */
  exchange(): void {
    this.#mayExchange.resolve(undefined);
  }

  /** Begins the sign-in. Resolves when its tab shows the consent page. */
  async begin(): Promise<void> {
    const url = Promise.withResolvers<string>();
    this.result = authorizeLocal(this.auth, {
      openBrowser: false,
      authorizationUrlHandler: url.resolve,
      page: servedPage,
      signal: this.cancel.signal,
    });
    // A test may wait for the tab first.
    this.result.catch(() => undefined);
    this.#url = this.secure(await url.promise);
    this.tab = await this.openAgain();
    await has(this.tab, AGREE);
  }

  /** Opens the consent page in another tab. */
  async openAgain(): Promise<Tab> {
    const tab = await this.#browser.newTab();
    await tab.open(this.#url);
    return tab;
  }

  /** Returns an authorization URL as the browser gets it from Spotify: over TLS. */
  secure(url: string): string {
    return url.replace(this.#spotify.accountsUrl, this.#spotify.secureUrl);
  }

  /** How many codes the app has sent to the token endpoint. */
  exchanges(): number {
    const { clientId } = this.app;
    const requests = this.#spotify.requests.to('token');
    return requests.filter(({ form }) => form.get('client_id') === clientId).length;
  }
}
