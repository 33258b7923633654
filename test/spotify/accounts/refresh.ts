import { parameter } from '../http/request.ts';
import type { Service } from '../service.ts';
import type { Client } from './clientAuthentication.ts';
import { tokenError, type Issued } from './tokenAnswer.ts';

/**
 * Grant type `refresh_token`. A requested scope is ignored in favour of the granted one. The refresh
 * token stays the same, unless rotation is on and the client is public.
 */
export function refresh(
  { behaviour, clock, tokens }: Service,
  { app, hasSecret }: Client,
  form: URLSearchParams,
): Issued {
  const value = parameter(form, 'refresh_token');
  if (value === undefined) throw tokenError('invalid_request', 'refresh_token must be supplied');
  const token = tokens.refreshTokens.get(value);
  if (!token) throw tokenError('invalid_grant', 'Invalid refresh token');

  const { authorization } = token;
  // Another app's token: `invalid_client` in 2026, `invalid_grant` before.
  if (authorization.app !== app) throw tokenError('invalid_client', 'Invalid client');
  // Observed 2024-08, with an empty description.
  if (authorization.needsSecret && !hasSecret) throw tokenError('invalid_request', '');
  if (authorization.revoked || token.replaced) {
    throw tokenError('invalid_grant', 'Refresh token revoked');
  }
  if (clock.now() >= tokens.authorizationEnd(authorization)) {
    throw tokenError('invalid_grant', 'Refresh token expired');
  }

  const issued = {
    accessToken: tokens.issueAccessToken(authorization),
    scope: authorization.scope,
  };
  if (!behaviour.rotateRefreshTokens || authorization.needsSecret) return issued;
  token.replaced = true;
  return { ...issued, refreshToken: tokens.issueRefreshToken(authorization) };
}
