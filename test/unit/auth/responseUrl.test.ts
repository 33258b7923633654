import assert from 'node:assert/strict';
import {
  AuthenticationError,
  AuthorizationDeniedError,
  InvalidResponseError,
  StateMismatchError,
} from '../../../src/auth/index.ts';
import { parseAuthorizationResponse } from '../../../src/auth/responseUrl.ts';

const ours = (state: string | undefined) => state === 'ours';

describe('parseAuthorizationResponse', () => {
  for (const url of [
    'http://127.0.0.1:4000/callback?code=AQx&state=ours',
    'vscode://spotify-sdk.spotify-authentication/callback?state=ours&code=AQx#_=_',
    '/callback?code=AQx&state=ours',
    '?code=AQx&state=ours',
    'code=AQx&state=ours',
    '  code=AQx&state=ours\n',
    'code=AQx&state=ours&note=why?',
    '127.0.0.1:4000/callback?code=AQx&state=ours',
    'http://127.0.0.1/a=b?code=AQx&state=ours&iss=https%3A%2F%2Faccounts.spotify.com',
  ]) {
    it(`finds code and state in ${JSON.stringify(url)}`, () => {
      assert.deepEqual(parseAuthorizationResponse(url, ours), { code: 'AQx', state: 'ours' });
    });
  }

  for (const url of ['code=AQ?x&state=ours', '?state=ours&code=AQ?x', 'a/b?code=AQ?x&state=ours']) {
    it(`leaves a question mark in a value: ${url}`, () => {
      assert.equal(parseAuthorizationResponse(url, ours).code, 'AQ?x');
    });
  }

  const refused: [string, string, new (...args: never[]) => Error][] = [
    ['a foreign state', 'code=AQx&state=theirs', StateMismatchError],
    ['no state', 'code=AQx', StateMismatchError],
    ['a foreign state, even with an error', 'error=access_denied&state=x', StateMismatchError],
    ['two states', 'code=AQx&state=ours&state=ours', InvalidResponseError],
    ['two codes', 'code=AQx&code=AQy&state=ours', InvalidResponseError],
    ['two errors', 'error=a&error=b&state=ours', InvalidResponseError],
    ['no code', 'state=ours', InvalidResponseError],
    ['an empty code', 'code=&state=ours', InvalidResponseError],
    ['a refusal of the user', 'error=access_denied&state=ours', AuthorizationDeniedError],
    ['another error', 'error=server_error&state=ours', AuthenticationError],
    ['a URL without a query', 'http://127.0.0.1/callback', StateMismatchError],
  ];
  for (const [what, query, error] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseAuthorizationResponse(query, ours), error);
    });
  }

  it('requires a sign-in after a refusal of the user, but after no other error', () => {
    for (const [query, code, requiresSignIn] of [
      ['error=access_denied&state=ours', 'authorization_denied', true],
      ['error=server_error&state=ours', 'authentication', false],
      ['code=AQx&state=theirs', 'state_mismatch', false],
      ['state=ours', 'invalid_response', false],
    ] as const) {
      assert.throws(() => parseAuthorizationResponse(query, ours), { code, requiresSignIn });
    }
  });

  it('does not repeat an error text that is not one of the words OAuth knows', () => {
    const url = `state=ours&error=${encodeURIComponent('[click](command:evil)')}`;
    assert.throws(
      () => parseAuthorizationResponse(url, ours),
      (error: AuthenticationError) => !error.message.includes('command:'),
    );
  });
});
