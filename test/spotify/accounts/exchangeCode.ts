import { createHash } from 'node:crypto';
import { parameter } from '../http/request.ts';
import type { Service } from '../service.ts';
import type { Code } from '../tokens.ts';
import type { Client } from './clientAuthentication.ts';
import { tokenError, type Issued } from './tokenAnswer.ts';

/** RFC 7636 section 4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * Grant type `authorization_code`. A code works once. If it is used again, the request is refused,
 * but the tokens issued for it stay valid.
 */
export function exchangeCode(
  { clock, tokens }: Service,
  { app, hasSecret }: Client,
  form: URLSearchParams,
): Issued {
  const value = parameter(form, 'code');
  if (value === undefined) throw tokenError('invalid_request', 'code must be supplied');
  const code = tokens.codes.get(value);
  if (code?.authorization.app !== app) {
    throw tokenError('invalid_grant', 'Invalid authorization code');
  }
  if (clock.now() >= code.expiresAt) {
    throw tokenError('invalid_grant', 'Authorization code expired');
  }
  if (parameter(form, 'redirect_uri') !== code.redirectUri) {
    throw tokenError('invalid_grant', 'Invalid redirect URI');
  }
  checkProof(code, hasSecret, parameter(form, 'code_verifier'));

  tokens.codes.delete(value);
  const { authorization } = code;
  // RFC 6749 section 6. Whether Spotify also does so for a code with a challenge is not known.
  authorization.needsSecret ||= hasSecret;
  return {
    accessToken: tokens.issueAccessToken(authorization),
    refreshToken: tokens.issueRefreshToken(authorization),
    scope: authorization.scope,
  };
}

/** A code with a challenge needs the verifier, even with the client secret (observed 2020-2021). */
function checkProof({ codeChallenge }: Code, hasSecret: boolean, verifier?: string): void {
  if (codeChallenge === undefined) {
    if (!hasSecret) throw tokenError('invalid_request', 'Invalid client secret');
    return;
  }
  if (verifier === undefined) throw tokenError('invalid_request', 'code_verifier required');
  const hash = createHash('sha256').update(verifier).digest('base64url');
  if (!VERIFIER.test(verifier) || hash !== codeChallenge) {
    throw tokenError('invalid_grant', 'code_verifier was incorrect');
  }
}
