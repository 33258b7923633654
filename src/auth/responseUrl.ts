import {
  AuthenticationError,
  AuthorizationDeniedError,
  oauthErrorCode,
  InvalidResponseError,
  StateMismatchError,
} from './errors.ts';

/** An authorization response with a code (RFC 6749 section 4.1.2), validated. */
export interface AuthorizationResponse {
  readonly code: string;
  /** Undefined if the response has none. */
  readonly state: string | undefined;
}

/** Says whether a `state`, undefined if the response has none, is one that was sent. */
type StateCheck = (state: string | undefined) => boolean;

/**
 * Reads the URL that Spotify redirected the browser to, and validates the response in it.
 * @param url A full URL, a path with a query, or a bare query string.
 * @throws StateMismatchError when `isExpectedState` returns false, whatever else the URL says.
 * @throws AuthorizationDeniedError when the user refused, `AuthenticationError` for another error.
 * @throws InvalidResponseError for a parameter that is given twice, or when there is no code.
 */
export function parseAuthorizationResponse(
  url: string | URL,
  isExpectedState: StateCheck,
): AuthorizationResponse {
  const parameters = queryOf(String(url));
  const state = single(parameters, 'state');
  if (!isExpectedState(state)) {
    throw new StateMismatchError('The callback does not belong to this sign-in (state differs).');
  }
  const error = single(parameters, 'error');
  if (error) throw authorizationError(error);
  const code = single(parameters, 'code');
  if (!code) throw new InvalidResponseError('The callback has no authorization code.');
  return { code, state };
}

/** Whether `url` is a response to the request with this `state`: with one code, or one error. */
export function isAnswerTo(url: string | URL, state: string): boolean {
  try {
    parseAuthorizationResponse(url, (found) => found === state);
    return true;
  } catch (error) {
    if (error instanceof InvalidResponseError) return false;
    return error instanceof AuthorizationDeniedError || error instanceof AuthenticationError;
  }
}

/** Returns the query of a whole address, of a path with a query, or of a query alone (`code=…`). */
function queryOf(url: string): URLSearchParams {
  const withoutFragment = url.trim().split('#', 1)[0] ?? '';
  // A value of the query may contain `?`, but no URL has `=` before its own `?`.
  if (/^[^/?:=]+=/.test(withoutFragment)) return new URLSearchParams(withoutFragment);
  const question = withoutFragment.indexOf('?');
  return new URLSearchParams(question === -1 ? '' : withoutFragment.slice(question));
}

/** Returns a parameter, or undefined if it is missing. Throws InvalidResponseError for two of it. */
function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) {
    throw new InvalidResponseError(`The callback has more than one "${name}".`);
  }
  return values[0];
}

function authorizationError(error: string): Error {
  if (error === 'access_denied') {
    return new AuthorizationDeniedError('Access was refused on Spotify’s consent page.');
  }
  const code = oauthErrorCode(error);
  return new AuthenticationError(`Spotify ended the sign-in: ${code}.`, { error: code });
}
