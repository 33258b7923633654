import { AuthenticationError, errorWord, InvalidResponseError } from './errors.ts';
import { redactor } from './redaction.ts';
import type { TokenInfo } from './tokenInfo.ts';

/** Anything longer is a mistake: Spotify's access tokens live for an hour. */
const LONGEST_LIFETIME_SECONDS = 365 * 24 * 3600;

/**
 * Reads a successful answer of the token endpoint (RFC 6749 section 5.1). `expires_in` counts from
 * `sentAt`, in seconds since the epoch. An empty refresh token or scope says the same as none.
 * @throws InvalidResponseError naming the field, and quoting nothing: the body may hold tokens.
 */
export function parseTokenResponse(body: string, sentAt: number): TokenInfo {
  const fields = parseObject(body, 200);
  const unusable = (field: string) =>
    invalid(`its "${field}" is missing or not what it should be`, 200);
  const optional = (field: string): string | undefined => {
    const value = fields[field] ?? '';
    if (typeof value !== 'string') throw unusable(field);
    return value || undefined;
  };
  const accessToken = optional('access_token');
  if (!accessToken) throw unusable('access_token');
  // Spotify writes it both ways.
  if (optional('token_type')?.toLowerCase() !== 'bearer') throw unusable('token_type');
  const lifetime = fields['expires_in'];
  const isLifetime =
    typeof lifetime === 'number' && lifetime > 0 && lifetime <= LONGEST_LIFETIME_SECONDS;
  if (!isLifetime) throw unusable('expires_in');
  const refreshToken = optional('refresh_token');
  const scope = optional('scope');
  return {
    accessToken,
    expiresAt: sentAt + lifetime,
    ...(refreshToken && { refreshToken }),
    ...(scope && { scope }),
  };
}

/**
 * What a refusal of the token endpoint means (RFC 6749 section 5.2). Only `error` decides: Spotify
 * rewords `error_description`. `secrets` are blotted out, since a server may echo what it was sent.
 */
export function parseTokenError(
  status: number,
  body: string,
  secrets: readonly string[],
): AuthenticationError {
  const blotOut = redactor(secrets);
  const fields = parseObject(body, status);
  const { error, error_description: description } = fields;
  if (typeof error !== 'string') throw invalid('it has no "error"', status);
  const word = errorWord(blotOut(error));
  return new AuthenticationError(`Spotify refused the request: ${word}.`, {
    status,
    error: word,
    errorDescription: typeof description === 'string' ? blotOut(description) : undefined,
    body: blotOut(rewritten(fields)),
    requiresSignIn: error === 'invalid_grant',
  });
}

/** Written anew, since JSON has more than one way to write a secret. */
function rewritten(fields: object): string {
  try {
    return JSON.stringify(fields, withoutTokens);
  } catch {
    return 'nested too deeply to be shown';
  }
}

/** Tokens have no place in a refusal; whoever puts some there does not get them logged. */
function withoutTokens(key: string, value: unknown): unknown {
  return /(token|secret|verifier)s?$/i.test(key) ? '***' : value;
}

function parseObject(body: string, status: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const isPage = /^\s*</.test(body);
    throw invalid(isPage ? 'a page instead of JSON' : 'not JSON, or only a part of it', status);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw invalid('not a JSON object', status);
}

function invalid(reason: string, status: number): InvalidResponseError {
  return new InvalidResponseError(`Spotify’s token answer is unusable: ${reason}.`, { status });
}
