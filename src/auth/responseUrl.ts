import * as oauth from 'oauth4webapi';
import {
  AuthenticationError,
  AuthorizationDeniedError,
  errorWord,
  InvalidResponseError,
  StateMismatchError,
} from './errors.ts';

/** What Spotify's redirect back says. */
export interface AuthorizationResponse {
  readonly code: string;
  readonly state: string | undefined;
}

const CLIENT = { client_id: 'any' };

/**
 * Reads the address a browser ended on: a full URL, a path with a query, or a bare query string.
 * @param isExpectedState Says whether a `state` is one that was sent; left out, none is checked.
 * @throws StateMismatchError when `state` is not expected; nothing else of the URL counts then.
 * @throws AuthorizationDeniedError when the user refused, `AuthenticationError` for another error.
 * @throws InvalidResponseError for a parameter given twice, or no code.
 */
export function parseAuthorizationResponse(
  url: string | URL,
  isExpectedState: (state: string | undefined) => boolean = () => true,
): AuthorizationResponse {
  const parameters = queryOf(String(url));
  const state = single(parameters, 'state');
  if (!isExpectedState(state)) {
    throw new StateMismatchError('The callback does not belong to this sign-in (state differs).');
  }
  try {
    // Spotify names no issuer (RFC 9207), and one Accounts service cannot be mixed up with another.
    const server = { issuer: single(parameters, 'iss') ?? 'none' };
    oauth.validateAuthResponse(server, CLIENT, parameters, oauth.skipStateCheck);
  } catch (error) {
    throw error instanceof oauth.AuthorizationResponseError
      ? authorizationError(error)
      : new InvalidResponseError('The callback is not one that OAuth allows.');
  }
  const code = single(parameters, 'code');
  if (!code) throw new InvalidResponseError('The callback has no authorization code.');
  return { code, state };
}

/** Whether `url` carries `state`, and one code or one error. */
export function isAnswerTo(url: string | URL, state: string): boolean {
  try {
    parseAuthorizationResponse(url, (found) => found === state);
    return true;
  } catch (error) {
    if (error instanceof InvalidResponseError) return false;
    return error instanceof AuthorizationDeniedError || error instanceof AuthenticationError;
  }
}

/** The query of whatever form of the address was given. */
function queryOf(url: string): URLSearchParams {
  const withoutFragment = url.trim().split('#', 1)[0] ?? '';
  // A query may have question marks in its values, but no address has `=` before its own.
  if (/^[^/?:=]+=/.test(withoutFragment)) return new URLSearchParams(withoutFragment);
  const question = withoutFragment.indexOf('?');
  return new URLSearchParams(question === -1 ? '' : withoutFragment.slice(question));
}

function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) {
    throw new InvalidResponseError(`The callback has more than one "${name}".`);
  }
  return values[0];
}

function authorizationError({ error }: oauth.AuthorizationResponseError): Error {
  if (error === 'access_denied') {
    return new AuthorizationDeniedError('Access was refused on Spotify’s consent page.');
  }
  const name = errorWord(error);
  return new AuthenticationError(`Spotify ended the sign-in: ${name}.`, { error: name });
}
