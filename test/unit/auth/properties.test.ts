import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { AuthorizationCode, normalizeScopes, SpotifyAuthError } from '../../../src/auth/index.ts';
import { parseTokenError, parseTokenResponse } from '../../../src/auth/tokenResponse.ts';

const text = fc.string({ unit: 'binary', minLength: 1 });
// A URL cannot carry a lone surrogate: it arrives as U+FFFD.
const wellFormed = text.filter((value) => !/\p{Surrogate}/u.test(value));

/** Runs `parse` and returns the error it throws, which must be one of the library's. */
function ownError(parse: () => unknown): SpotifyAuthError | undefined {
  try {
    parse();
  } catch (error) {
    assert.ok(error instanceof SpotifyAuthError, inspect(error));
    return error;
  }
  return undefined;
}

/** About src/auth/responseUrl.ts, src/auth/scopes.ts and src/auth/tokenResponse.ts. */
describe('a random callback', () => {
  const parseResponseUrl = (url: string, options: { expectedState: string }) =>
    AuthorizationCode.parseResponseUrl(url, options);

  it('gives its code and state, in each form of the URL', () => {
    const forms = [
      'http://127.0.0.1:4000/callback?',
      'vscode://a.b/callback?',
      '/callback?',
      '?',
      '',
    ];
    fc.assert(
      fc.property(wellFormed, wellFormed, fc.constantFrom(...forms), (code, state, form) => {
        const query = new URLSearchParams({ code, state }).toString();
        assert.equal(parseResponseUrl(form + query, { expectedState: state }), code);
      }),
    );
  });

  it('is refused with another state', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, wellFormed, (code, state, expectedState) => {
        fc.pre(state !== expectedState);
        const query = new URLSearchParams({ code, state }).toString();
        const error = ownError(() => parseResponseUrl(query, { expectedState }));
        assert.equal(error?.code, 'state_mismatch');
      }),
    );
  });

  it('throws only errors of the library', () => {
    const query = fc.webQueryParameters();
    const pieces = fc.constantFrom(
      'code=',
      'state=',
      'error=',
      '&',
      '?',
      '#',
      '%',
      'a',
      '://',
      '/',
    );
    const odd = fc.array(pieces).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, query, odd, fc.webUrl()), (url) => {
        ownError(() => parseResponseUrl(url, { expectedState: 'a' }));
      }),
      { numRuns: 500 },
    );
  });
});

describe('normalizeScopes', () => {
  const scope = fc.stringMatching(/^[a-z-]{1,12}$/);

  it('keeps the order, drops duplicates and empty scopes, and leaves its own result as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(scope, fc.constantFrom('', ' ', '  a '))), (scopes) => {
        const normal = normalizeScopes(scopes);
        const expected = scopes.map((s) => s.trim()).filter((s) => s !== '');
        assert.deepEqual(normal, [...new Set(expected)]);
        assert.deepEqual(normalizeScopes(normal), normal);
        assert.deepEqual(normalizeScopes(normal.join(' ')), normal);
      }),
    );
  });

  it('returns the same for a list and for a string of scopes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(scope)), (lists) => {
        const items = lists.map((list) => list.join(' '));
        assert.deepEqual(normalizeScopes(items), normalizeScopes(items.join(' ')));
      }),
    );
  });

  it('splits strings at spaces and commas', () => {
    const separator = fc.constantFrom(' ', ',', ', ', ' , ', '\n', '\t');
    fc.assert(
      fc.property(fc.uniqueArray(scope), separator, (scopes, between) => {
        assert.deepEqual(normalizeScopes(between + scopes.join(between) + between), scopes);
      }),
    );
  });
});

describe('a random answer of the token endpoint', () => {
  /** Mostly a valid value, so that some answers are valid, and most have one invalid field. */
  const mostly = (good: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: fc.jsonValue() });
  const answer = fc.record(
    {
      access_token: mostly(fc.string({ minLength: 1 })),
      token_type: mostly(fc.mixedCase(fc.constant('bearer'))),
      expires_in: mostly(fc.double({ noNaN: true, min: -10, max: 1e9 })),
      refresh_token: mostly(fc.string()),
      scope: mostly(fc.string()),
    },
    { requiredKeys: ['access_token', 'token_type', 'expires_in'] },
  );

  it('gives a token with the right types, or an error', () => {
    let tokens = 0;
    fc.assert(
      fc.property(fc.oneof(answer, fc.jsonValue()), (body) => {
        ownError(() => {
          const token = parseTokenResponse(JSON.stringify(body), 1000);
          assert.ok(typeof token.accessToken === 'string' && token.accessToken !== '');
          const { expires_in: lifetime } = body as Record<string, unknown>;
          assert.ok(typeof lifetime === 'number' && lifetime > 0);
          assert.equal(token.expiresAt, 1000 + lifetime);
          tokens++;
          for (const optional of [token.refreshToken, token.scope]) {
            assert.ok(optional === undefined || (typeof optional === 'string' && optional !== ''));
          }
        });
      }),
      { numRuns: 1000 },
    );
    assert.ok(tokens > 0, 'no answer was good');
  });

  it('gives a refusal with the right types, or another error', () => {
    const refusal = fc.record(
      { error: mostly(fc.string()), error_description: mostly(fc.string()) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(refusal, fc.jsonValue()), fc.array(text), (body, secrets) => {
        ownError(() => {
          const { error, errorDescription } = parseTokenError(400, JSON.stringify(body), secrets);
          assert.equal(typeof error, 'string');
          assert.ok(errorDescription === undefined || typeof errorDescription === 'string');
        });
      }),
    );
  });

  it('gives an error of the library if it is not JSON', () => {
    fc.assert(
      fc.property(text, (body) => {
        ownError(() => parseTokenResponse(body, 0));
        ownError(() => parseTokenError(400, body, []));
      }),
    );
  });

  it('never puts a secret of the request into the refusal, whatever its characters', () => {
    // Any text may contain a shorter one.
    const odd = fc.string({ unit: 'binary', minLength: 12 });
    fc.assert(
      fc.property(odd, odd, (sent, longer) => {
        const echo = JSON.stringify({ error: 'x', error_description: `${sent}${longer} ${sent}` });
        const error = parseTokenError(400, echo, [sent, sent + longer]);
        const escaped = JSON.stringify(sent).slice(1, -1);
        for (const shown of [error.message, error.errorDescription ?? '', error.body ?? '']) {
          for (const secret of [sent, escaped, longer]) assert.ok(!shown.includes(secret), shown);
        }
      }),
    );
  });

  it('never puts a token or a secret of the request into the error', () => {
    const secret = fc.stringMatching(/^[\w-]{12,40}$/);
    fc.assert(
      fc.property(secret, secret, (token, sent) => {
        const body = JSON.stringify({ access_token: token, refresh_token: token, expires_in: -1 });
        const echo = JSON.stringify({ error: `invalid_${sent}`, error_description: `x ${sent} y` });
        for (const error of [
          ownError(() => parseTokenResponse(body, 0)),
          ownError(() => parseTokenResponse(body.slice(0, -3), 0)),
          parseTokenError(400, echo, [sent]),
        ]) {
          const shown = inspect(error, { showHidden: true }) + JSON.stringify(error);
          assert.ok(!shown.includes(token) && !shown.includes(sent), shown);
        }
      }),
    );
  });
});
