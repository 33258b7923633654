import { AuthenticationError, oauthErrorCode, InvalidResponseError } from './errors.ts';
import { excerpt, redactor } from './redaction.ts';
import type { TokenInfo } from './tokenInfo.ts';

/** A longer `expires_in` is an error: Spotify's access tokens are valid for an hour. */
const LONGEST_LIFETIME_SECONDS = 365 * 24 * 3600;

/**
 * Parses a successful answer of the token endpoint (RFC 6749 section 5.1). An empty refresh token or
 * scope counts as none.
 * @param sentAt When the request was sent, in seconds since the epoch: `expires_in` counts from there.
 * @throws InvalidResponseError that names the wrong field. It quotes nothing: the body may hold tokens.
 */
export function parseTokenResponse(body: string, sentAt: number): TokenInfo {
  const fields = parseObject(body, 200);
  const unusable = (field: string) => invalid(`its "${field}" is missing or invalid`, 200);
  const optional = (field: string): string | undefined => {
    const value = fields[field] ?? '';
    if (typeof value !== 'string') throw unusable(field);
    return value || undefined;
  };
  const token = (field: string): string | undefined => {
    const value = optional(field);
    if (value && !isSendable(value)) throw unusable(field);
    return value;
  };
  const accessToken = token('access_token');
  if (!accessToken) throw unusable('access_token');
  // Spotify writes both "Bearer" and "bearer".
  if (optional('token_type')?.toLowerCase() !== 'bearer') throw unusable('token_type');
  const lifetime = fields['expires_in'];
  const isLifetime =
    typeof lifetime === 'number' && lifetime > 0 && lifetime <= LONGEST_LIFETIME_SECONDS;
  if (!isLifetime) throw unusable('expires_in');
  const refreshToken = token('refresh_token');
  const scope = optional('scope');
  return {
    accessToken,
    expiresAt: sentAt + lifetime,
    ...(refreshToken && { refreshToken }),
    ...(scope && { scope }),
  };
}

/** Whether a token has only characters that a header carries unchanged (RFC 6749 appendix A.12). */
function isSendable(token: string): boolean {
  return /^[!-~]+$/.test(token);
}

/** What helps, by the error code. */
const ADVICE: Partial<Record<string, string>> = {
  invalid_client: ' Check the client ID and the client secret.',
  invalid_grant: ' The user has to sign in again.',
};

/**
 * Returns the error for a refusal of the token endpoint (RFC 6749 section 5.2). Replaces `secrets` with
 * `***`, since a server may repeat the request.
 * @throws InvalidResponseError for a body that is not a JSON object with an `error`.
 */
export function parseTokenError(
  status: number,
  body: string,
  secrets: readonly string[],
): AuthenticationError {
  const redact = redactor(secrets);
  const shown = excerpt(body, secrets);
  const fields = parseObject(body, status, shown);
  const { error, error_description: description } = fields;
  if (typeof error !== 'string') throw invalid('it has no "error"', status, shown);
  const code = oauthErrorCode(redact(error));
  const advice = ADVICE[code] ?? '';
  return new AuthenticationError(`Spotify refused the request: ${code}.${advice}`, {
    status,
    error: code,
    errorDescription: typeof description === 'string' ? redact(description) : undefined,
    body: redact(withoutTokens(fields)),
    requiresSignIn: error === 'invalid_grant',
  });
}

/** Returns the JSON of `fields`, without tokens. Written anew: the body may have escaped a secret. */
function withoutTokens(fields: object): string {
  try {
    return JSON.stringify(fields, hideToken);
  } catch {
    return 'nested too deeply to be shown';
  }
}

/** Hides tokens that a server puts into a refusal, since the body may be logged. */
function hideToken(key: string, value: unknown): unknown {
  return /(token|secret|verifier)s?$/i.test(key) ? '***' : value;
}

/** @param shown The part of the body that an error may contain. */
function parseObject(body: string, status: number, shown?: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const isPage = /^\s*</.test(body);
    throw invalid(
      isPage ? 'a page instead of JSON' : 'not JSON, or only a part of it',
      status,
      shown,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw invalid('not a JSON object', status, shown);
}

function invalid(reason: string, status: number, body?: string): InvalidResponseError {
  const message = `Spotify’s token answer is unusable: ${reason}.`;
  return new InvalidResponseError(message, { status, body });
}
