import { AuthorizationCode } from '../auth/authorizationCode.ts';
import type { Endpoints } from '../auth/endpoints.ts';
import type { Fetch } from '../auth/transport.ts';
import type { SessionStore } from './sessionStore.ts';

/** Hands out access tokens that are valid now, each session refreshed with its own client ID. */
export class SessionRefresher {
  readonly #store: SessionStore;
  readonly #accounts: Endpoints;
  readonly #fetch: Fetch;
  readonly #providers = new Map<string, AuthorizationCode>();

  constructor(store: SessionStore, accounts: Endpoints, fetch: Fetch) {
    this.#store = store;
    this.#accounts = accounts;
    this.#fetch = fetch;
  }

  /** Rejects with a `SpotifyAuthError`; its `requiresSignIn` tells whether the session is over. */
  getAccessToken(id: string, clientId: string): Promise<string> {
    let provider = this.#providers.get(id);
    if (!provider) {
      provider = this.#providerFor(id, clientId);
      this.#providers.set(id, provider);
    }
    return provider.getAccessToken();
  }

  forget(id: string): void {
    this.#providers.delete(id);
  }

  #providerFor(id: string, clientId: string): AuthorizationCode {
    return new AuthorizationCode({
      clientId,
      clientSecret: null,
      endpoints: this.#accounts,
      fetch: this.#fetch,
      timeBudgetMs: 10_000,
      expirySkewSeconds: 60,
      tokenCache: {
        get: async () => (await this.#store.get(id))?.token,
        set: async (token) => {
          const session = await this.#store.get(id);
          // Gone: the person signed out while the refresh was under way.
          if (session) await this.#store.put({ ...session, token });
        },
      },
    });
  }
}
