import { OperationProcessingError, ResponseBodyError } from 'oauth4webapi';
import { AuthenticationError, InvalidResponseError } from './errors.ts';

/**
 * What an answer that oauth4webapi did not accept means to the caller. Only `error` decides
 * (RFC 6749 section 5.2): Spotify rewords `error_description`.
 */
export function refusalOf(
  error: unknown,
  status: number,
  body: string,
  secrets: readonly string[],
): unknown {
  if (error instanceof ResponseBodyError) {
    return new AuthenticationError(
      `Spotify refused the request: ${blotOut(error.error, secrets)}.`,
      {
        status,
        error: error.error,
        errorDescription: text(error.error_description, secrets),
        body: blotOut(body, secrets),
        requiresSignIn: error.error === 'invalid_grant',
      },
    );
  }
  return new InvalidResponseError(`Spotify’s token answer is unusable: ${reason(error, body)}.`, {
    status,
  });
}

/** Says what was wrong without quoting the body, which may hold tokens. */
function reason(error: unknown, body: string): string {
  if (/^\s*</.test(body)) return 'an HTML page instead of JSON';
  try {
    JSON.parse(body);
  } catch {
    return 'not JSON, or only a part of it';
  }
  if (error instanceof OperationProcessingError)
    return error.message.replace('"response" body ', '');
  return 'its "token_type" is not "Bearer"';
}

function text(value: unknown, secrets: readonly string[]): string | undefined {
  return typeof value === 'string' ? blotOut(value, secrets) : undefined;
}

/** A server may echo what it was sent. */
function blotOut(value: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), value);
}
