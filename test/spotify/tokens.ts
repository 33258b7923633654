import { randomBytes } from 'node:crypto';
import type { App } from './apps.ts';
import type { Behaviour } from './control/behaviour.ts';
import type { Clock } from './control/clock.ts';
import type { User } from './users.ts';

/** The consent of a user to an app. When it ends, none of its refresh tokens works any more. */
export interface Authorization {
  readonly app: App;
  readonly user: User;
  readonly scope: readonly string[];
  /**
   * Whether the token endpoint refreshes with the client secret only: the request had no code challenge,
   * or the exchange had the secret.
   */
  needsSecret: boolean;
  /** When the user agreed, in milliseconds since the epoch. The six months begin here. */
  readonly at: number;
  revoked: boolean;
}

/** The values to which an authorization code is bound (RFC 6749 section 4.1.2, RFC 7636 section 4.4). */
export interface Code {
  readonly authorization: Authorization;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  expiresAt: number;
}

export interface RefreshToken {
  readonly authorization: Authorization;
  /** Whether a refresh has replaced the token by a new one (rotation). */
  replaced: boolean;
}

export interface AccessToken {
  readonly app: App;
  /** Absent for client credentials. */
  readonly user?: User;
  readonly scope: readonly string[];
  expiresAt: number;
}

/** All issued codes and tokens, by their values, with methods by which a test ends them. */
export class Tokens {
  readonly authorizations: Authorization[] = [];
  readonly codes = new Map<string, Code>();
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  readonly #clock: Clock;
  readonly #behaviour: Behaviour;

  constructor(clock: Clock, behaviour: Behaviour) {
    this.#clock = clock;
    this.#behaviour = behaviour;
  }

  /** Records the consent of a user. */
  authorize(user: User, app: App, scope: readonly string[], needsSecret = false): Authorization {
    const authorization = { app, user, scope, needsSecret, at: this.#clock.now(), revoked: false };
    this.authorizations.push(authorization);
    return authorization;
  }

  /** Whether the user has approved all of these scopes, together or one after the other. */
  hasApproved(user: User, app: App, scope: readonly string[]): boolean {
    const approved = this.authorizations.filter(
      (one) => one.app === app && one.user === user && !one.revoked,
    );
    const granted = new Set(approved.flatMap((one) => one.scope));
    return approved.length > 0 && scope.every((name) => granted.has(name));
  }

  issueCode(authorization: Authorization, redirectUri: string, codeChallenge?: string): string {
    const expiresAt = this.#clock.now() + this.#behaviour.codeLifetime * 1000;
    const value = opaque('AQ', 250);
    this.codes.set(value, { authorization, redirectUri, codeChallenge, expiresAt });
    return value;
  }

  issueAccessToken(holder: Omit<AccessToken, 'expiresAt'>): string {
    const expiresAt = this.#clock.now() + this.#behaviour.expiresIn * 1000;
    const value = opaque('BQ', this.#behaviour.accessTokenLength);
    this.accessTokens.set(value, { ...holder, expiresAt });
    return value;
  }

  issueRefreshToken(authorization: Authorization): string {
    const value = opaque('AQ', 131);
    this.refreshTokens.set(value, { authorization, replaced: false });
    return value;
  }

  /** Issues the tokens of a PKCE sign-in, without the sign-in. */
  issue(
    user: User,
    app: App,
    scope: readonly string[] = [],
  ): { accessToken: string; refreshToken: string } {
    const authorization = this.authorize(user, app, scope);
    return {
      accessToken: this.issueAccessToken(authorization),
      refreshToken: this.issueRefreshToken(authorization),
    };
  }

  /** When refreshing ends, in milliseconds since the epoch. Neither refreshes nor rotation defer it. */
  authorizationEnd({ at }: Authorization): number {
    return at + this.#behaviour.authorizationLifetime * 1000;
  }

  /**
   * Withdraws the consent, as a user does on Spotify’s account page: refreshing fails, and Spotify
   * asks for consent again. Access tokens stay valid until they expire (observed 2019).
   */
  revoke(user: User, app: App): void {
    for (const one of this.authorizations) {
      if (one.user === user && one.app === app) one.revoked = true;
    }
  }

  /** Makes all access tokens expire that were issued so far. */
  expireAccessTokens(): void {
    for (const token of this.accessTokens.values()) token.expiresAt = this.#clock.now();
  }

  /** Deletes all authorizations, codes and tokens. */
  clear(): void {
    this.authorizations.length = 0;
    for (const issued of [this.codes, this.accessTokens, this.refreshTokens]) issued.clear();
  }

  /** Makes all authorization codes expire that were issued so far. */
  expireCodes(): void {
    for (const code of this.codes.values()) code.expiresAt = this.#clock.now();
  }
}

/** Returns a random value in Spotify’s format (observed): codes and refresh tokens begin with `AQ`. */
function opaque(prefix: 'AQ' | 'BQ', length: number): string {
  return (prefix + randomBytes(length).toString('base64url')).slice(0, length);
}
