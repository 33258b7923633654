import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { AuthenticationError, ConnectionError } from '../../../src/auth/errors.ts';
import { describeError } from '../../../src/common/describeError.ts';
import { redact } from '../../../src/common/redact.ts';
import { HOSTILE_PIECES, repeated } from './hostileTexts.ts';

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/** Secrets in Spotify's forms and ours: access token, refresh token, code, verifier, client secret. */
const SECRETS = [
  `BQ${random(150)}`,
  `AQ${random(98)}`,
  `AQ${random(180)}`,
  random(32),
  // The second half of a verifier may look like a token.
  `${random(15)}xBQ${random(15)}`,
  randomBytes(16).toString('hex'),
];

/** Ways in which a secret can stand in a text. */
const PLACES: Record<string, (secret: string) => string> = {
  alone: (secret) => secret,
  'in a sentence': (secret) => `Spotify refused ${secret}, which is odd.`,
  'in the query of a URL': (secret) => `GET http://127.0.0.1:1/callback?code=${secret}&state=x 404`,
  'in a query': (secret) => `?state=x&code=${secret}#_`,
  'in a form': (secret) => `grant_type=refresh_token&refresh_token=${secret}&client_id=a`,
  'in JSON': (secret) => JSON.stringify({ access_token: secret, token_type: 'Bearer' }),
  'in JSON that was cut off': (secret) => `{"refresh_token":"${secret}`,
  'in JSON in JSON': (secret) => JSON.stringify({ body: JSON.stringify({ code: secret }) }),
  'in an object as Node prints it': (secret) => inspect({ a: { codeVerifier: secret } }),
  'in a header': (secret) => `authorization: Bearer ${secret}`,
  'in a Basic header': (secret) => `Authorization: Basic ${btoa(`client:${secret}`)}`,
  'in a URL within a URL': (secret) =>
    `https://vscode.dev/redirect?url=${encodeURIComponent(`vscode://a.b/c?code=${secret}`)}`,
  'in a state that was encoded twice': (secret) =>
    encodeURIComponent(encodeURIComponent(`vscode://a.b/c?windowId=1&nonce=${secret}`)),
  'as the password of a URL': (secret) => `proxy http://user:${secret}@proxy.example:3128/`,
  'in an error': (secret) => describeError(new Error(`cannot use ${secret}`)),
  'in what caused an error': (secret) =>
    describeError(
      new ConnectionError(
        'Cannot reach Spotify.',
        new TypeError('fetch failed', { cause: new Error(`GET /?code=${secret}`) }),
      ),
    ),
  'in one of several causes': (secret) =>
    describeError(new AggregateError([new Error('no'), new Error(`code=${secret}`)])),
  'in the stack of an error': (secret) => String(new Error(`code ${secret}`).stack),
};

describe('redact', () => {
  for (const [place, write] of Object.entries(PLACES)) {
    it(`removes a secret ${place}`, () => {
      for (const secret of SECRETS) {
        const text = redact(write(secret));
        assertGone(text, secret);
        assertGone(text, btoa(`client:${secret}`));
      }
    });
  }

  it('removes short and unusual values beside the name of a secret', () => {
    for (const text of [
      'code=a.b~c',
      'client_secret=short&x=1',
      '{"access_token":"a \\" b"}',
      "{ refreshToken: 'a b' }",
      'state%3Da.b',
      'Bearer a.b.c',
    ]) {
      assert.match(redact(text), /\*\*\*/);
      assert.doesNotMatch(redact(text), /a\.b|short|\bb\b/);
    }
  });

  it('removes credentials and parameters of URLs, also percent-encoded', () => {
    for (const [text, expected] of [
      ['http://user:pa@ss@proxy:80/', 'http://***@proxy:80/'],
      ['http://a@b@c/d me@e', 'http://***@c/d me@e'],
      ['to %3Fcode%3Dshort%26state%3Dx now', 'to %3Fcode%3D*** now'],
      ['%26state%3Dx', '%26state%3D***'],
      ['%253Fcode%253Dshort', '%253Fcode%253D***'],
      ['%25252526code=short', '%25252526code=***'],
    ] as const) {
      assert.equal(redact(text), expected);
    }
    for (const word of ['barcode=1', 'a3Fcode=1', '%3Fbarcode%3D1']) {
      assert.equal(redact(word), word);
    }
  });

  it('keeps texts without secrets', () => {
    for (const text of [
      'Sign-in failed. ConnectionError: Cannot reach accounts.spotify.com: the connection failed. (connection)\n  because of TypeError: fetch failed\n  because of Error: self-signed certificate in certificate chain (SELF_SIGNED_CERT_IN_CHAIN)',
      'Ways back: loopback (yes), editorLink (yes), relay (notRelayed), paste (yes)',
      'The callback does not belong to this sign-in (state differs).',
      'Spotify refused the request: invalid_grant.',
      'Error: UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'The callback has no authorization code.',
      '[k3f9] Signed in for 2 scope(s).',
    ]) {
      assert.equal(redact(text), text);
    }
    assert.equal(
      redact('Cannot open http://127.0.0.1:4000/callback?code=x now.'),
      'Cannot open http://127.0.0.1:4000/callback?*** now.',
    );
  });

  it('removes a token from any text', () => {
    const secret = fc.constantFrom(...SECRETS);
    const pieces = fc.constantFrom(
      ...['code=', '"', "'", '\\', '&', '?', '#', '://', '%3D', '%26', 'Bearer ', '@', ':', '***'],
      ...['{"state":"', 'client_secret', ' ', '\n', 'AQ', 'BQ', 'https://a.b/c?d='],
    );
    const around = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 8 });
    fc.assert(
      fc.property(around, secret, around, (before, planted, after) => {
        const text = redact([...before, planted, ...after].join(''));
        assertGone(text, planted);
      }),
      { numRuns: 2000 },
    );
  });

  it('removes the query of a URL with a path of any length', () => {
    const url = `http://a.b/${'c/'.repeat(2000)}`;
    assert.ok(redact(`GET ${url}?x=1 404`).endsWith('/?*** 404'));
  });
});

describe('redact, for a text of a million characters', () => {
  for (const piece of HOSTILE_PIECES) {
    it(`removes what stands after ${JSON.stringify(piece)}`, () => {
      assert.doesNotMatch(redact(`${repeated(piece, 1_000_000)} code=secret`), /secret/);
    });
  }
});

describe('describeError', () => {
  it('has a line for the error and for each of its causes', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const cause = new AggregateError([refused, refused], 'all of them');
    const error = new AuthenticationError('No.', {}, { cause: new TypeError('failed', { cause }) });
    assert.equal(
      describeError(error),
      [
        'AuthenticationError: No. (authentication)',
        'because of TypeError: failed',
        'because of AggregateError: all of them',
        'because of Error: connect (ECONNREFUSED)',
        'because of Error: connect (ECONNREFUSED)',
      ].join('\n  '),
    );
  });

  it('ends for an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    assert.match(describeError(error), /^Error: round\n {2}because of Error: round/);
  });
});

/** Expects that no 16 characters in a row of `secret` are left in `text`. */
function assertGone(text: string, secret: string): void {
  for (let start = 0; start + 16 <= secret.length; start += 8) {
    assert.ok(!text.includes(secret.slice(start, start + 16)), text);
  }
}
