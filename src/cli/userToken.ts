import { unlessAborted } from '../auth/abortable.ts';
import type { AuthorizationCode } from '../auth/authorizationCode.ts';
import { SpotifyAuthError } from '../auth/errors.ts';
import { normalizeScopes } from '../auth/scopes.ts';
import { isExpired, type TokenCache, type TokenInfo } from '../auth/tokenInfo.ts';
import { CommandError, EXIT } from './failure.ts';
import { tell, warn } from './output.ts';
import {
  type ClientSettings,
  loginCommand,
  secretOfEnvironment,
  userTokenCache,
  userTokenFile,
} from './settings.ts';
import { FRESH_SECONDS } from './times.ts';

/** How long a refresh may take, in milliseconds: less than the lock lasts, which is 25 seconds. */
const BUDGET_MS = 20_000;

/** The access token of the user who has signed in. Every error that only a sign-in mends says so. */
export class UserToken {
  readonly #settings: ClientSettings;
  readonly #signal: AbortSignal;
  readonly #cache: TokenCache;
  #auth: Promise<AuthorizationCode> | undefined;

  constructor(settings: ClientSettings, signal: AbortSignal) {
    this.#settings = settings;
    this.#signal = signal;
    this.#cache = userTokenCache(settings);
  }

  /**
   * Returns the stored token, also an expired one.
   * @param scopes The token must have these.
   * @throws CommandError if no user is signed in, or a scope is missing.
   */
  async stored(scopes: readonly string[] = []): Promise<TokenInfo> {
    const token = await this.#cache.get();
    if (!token) {
      const { fault } = this.#cache;
      const reason = fault ? `: ${fault}` : '';
      throw this.#signInNeeded(`No user is signed in with ${this.#settings.clientId}${reason}.`);
    }
    const granted = normalizeScopes(token.scope);
    const missing = scopes.filter((scope) => !granted.includes(scope));
    if (missing.length === 0) return token;
    throw this.#signInNeeded(`The sign-in does not cover: ${missing.join(' ')}.`, missing);
  }

  /** Returns an access token that is valid for a minute at least. Refreshes an older one. */
  async getAccessToken(): Promise<string> {
    const stored = await this.stored();
    // After a refresh the file may still have the old token, if it cannot be written.
    if (!this.#auth && !isExpired(stored, FRESH_SECONDS)) return stored.accessToken;
    return this.#ask(async (auth) => auth.getAccessToken());
  }

  /** Replaces an access token, also one that is still valid. */
  async renew(refused?: string): Promise<void> {
    const replaced = refused ?? (await this.stored()).accessToken;
    await this.#ask(async (auth) => auth.renew(replaced));
  }

  /**
   * Runs one refresh at a time among the processes of this program, which then find each other's token.
   * A refresh goes on after an interruption, so that a new refresh token is stored.
   */
  async #ask<T>(question: (auth: AuthorizationCode) => Promise<T>): Promise<T> {
    try {
      const auth = await (this.#auth ??= this.#load());
      const { inTurn } = await import('./tokenLock.ts');
      const asked = async () => {
        // Another process may have signed out meanwhile.
        await this.stored();
        return this.#explained(question(auth));
      };
      const answered = inTurn(userTokenFile(this.#settings).path, asked, this.#signal);
      return await unlessAborted(answered, this.#signal);
    } catch (error) {
      if (!(error instanceof SpotifyAuthError && error.requiresSignIn)) throw error;
      throw this.#signInNeeded('The sign-in has ended.', [], error);
    }
  }

  /** After an interruption, tells the user why the program does not end yet. */
  async #explained<T>(answer: Promise<T>): Promise<T> {
    const explain = () => tell('Storing the new token…');
    this.#signal.addEventListener('abort', explain, { once: true });
    return answer.finally(() => this.#signal.removeEventListener('abort', explain));
  }

  /** Loads the library on first need: a valid token in the file needs no request. */
  async #load(): Promise<AuthorizationCode> {
    const { AuthorizationCode } = await import('../auth/authorizationCode.ts');
    const { clientId, servers } = this.#settings;
    const tokenCache = userTokenFile(this.#settings);
    return new AuthorizationCode({
      clientId,
      clientSecret: secretOfEnvironment(this.#settings) ?? null,
      endpoints: servers.accounts,
      tokenCache,
      expirySkewSeconds: FRESH_SECONDS,
      timeBudgetMs: BUDGET_MS,
      onCacheError: (error) => warn(`${tokenCache.path} keeps its old token: ${String(error)}.`),
    });
  }

  #signInNeeded(message: string, scopes: string[] = [], cause?: unknown): CommandError {
    const advice = `Run: ${loginCommand(this.#settings, scopes)}`;
    return new CommandError(message, EXIT.signInNeeded, advice, { cause });
  }
}
