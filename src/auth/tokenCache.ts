import type { TokenInfo } from './tokenInfo.ts';

/** Where one token is kept. Any object of this shape works. */
export interface TokenCache {
  get(): TokenInfo | undefined | Promise<TokenInfo | undefined>;
  set(token: TokenInfo): void | Promise<void>;
}

/** Keeps the token as long as the process lives. */
export class InMemoryTokenCache implements TokenCache {
  #token: TokenInfo | undefined;

  get(): TokenInfo | undefined {
    return this.#token;
  }

  set(token: TokenInfo): void {
    this.#token = token;
  }
}
