import { randomBytes } from 'node:crypto';
import type { App } from './apps.ts';
import type { Behaviour } from './control/behaviour.ts';
import type { Clock } from './control/clock.ts';
import type { User } from './users.ts';

/** A user's yes to an app. Refreshing ends with it, however many tokens came from it. */
export interface Authorization {
  readonly app: App;
  readonly user: User;
  readonly scope: readonly string[];
  /** Whether it was asked for with a code challenge, so that no secret is needed later. */
  readonly usesPkce: boolean;
  /** When the user agreed; the six months count from here. */
  readonly at: number;
  revoked: boolean;
}

/** What an authorization code is bound to (RFC 6749 section 4.1.2, RFC 7636 section 4.4). */
export interface Code {
  readonly authorization: Authorization;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  expiresAt: number;
}

export interface RefreshToken {
  readonly authorization: Authorization;
  /** Set when rotation has put another token in its place. */
  replaced: boolean;
}

export interface AccessToken {
  readonly app: App;
  /** Absent for client credentials. */
  readonly user?: User;
  readonly scope: readonly string[];
  expiresAt: number;
}

/** Every code and token issued, by its value, and the means for a test to end their lives. */
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

  /** Records that a user agrees now. */
  authorize(user: User, app: App, scope: readonly string[], usesPkce = true): Authorization {
    const authorization = { app, user, scope, usesPkce, at: this.#clock.now(), revoked: false };
    this.authorizations.push(authorization);
    return authorization;
  }

  /** Whether the user has approved all of these scopes, be it in several rounds. */
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

  /** The tokens a finished PKCE sign-in would have given, without the sign-in. */
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

  /** When refreshing ends: counted from the authorization, whatever happened since. */
  authorizationEnd({ at }: Authorization): number {
    return at + this.#behaviour.authorizationLifetime * 1000;
  }

  /**
   * Removes the app from the user's account page: refreshing fails and consent is forgotten. Access
   * tokens live on to the end of their hour (observed 2019).
   */
  revoke(user: User, app: App): void {
    for (const one of this.authorizations) {
      if (one.user === user && one.app === app) one.revoked = true;
    }
  }

  /** Ends every access token issued so far. */
  expireAccessTokens(): void {
    for (const token of this.accessTokens.values()) token.expiresAt = this.#clock.now();
  }

  /** Forgets everything that was agreed to and issued. */
  clear(): void {
    this.authorizations.length = 0;
    for (const issued of [this.codes, this.accessTokens, this.refreshTokens]) issued.clear();
  }

  /** Ends every authorization code issued so far. */
  expireCodes(): void {
    for (const code of this.codes.values()) code.expiresAt = this.#clock.now();
  }
}

/** Opaque, but with the prefix and alphabet of every capture: codes and refresh tokens have `AQ`. */
function opaque(prefix: 'AQ' | 'BQ', length: number): string {
  return (prefix + randomBytes(length).toString('base64url')).slice(0, length);
}
