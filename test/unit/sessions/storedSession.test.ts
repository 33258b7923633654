import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSession, serializeSession } from '../../../src/sessions/storedSession.ts';
import { anySession, recordWith } from './records.ts';
import { sampleSession } from './sampleSession.ts';

describe('a stored session', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        // Records of fast-check have no prototype.
        const plain = structuredClone(session);
        assert.deepEqual(parseSession(serializeSession(plain)), plain);
      }),
    );
  });

  it('is never read from any other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (stored) => {
        assert.equal(parseSession(stored), undefined);
      }),
    );
  });

  it('is not read if any value has a wrong type', () => {
    const paths = [
      ...['id', 'clientId', 'account', 'scopes', 'token', 'consentedAt', 'generation'],
      ...['account.id', 'account.profileId', 'account.label', 'scopes.0'],
      ...['token.accessToken', 'token.expiresAt', 'token.refreshToken', 'token.scope'],
    ];
    for (const path of paths) {
      for (const value of [null, true, {}, [['']]]) {
        const stored = recordWith(path.split('.'), value);
        assert.equal(parseSession(stored), undefined, `${path}: ${JSON.stringify(value)}`);
      }
    }
  });

  it('is reported as newer if a later version of the extension wrote it', () => {
    assert.equal(parseSession(recordWith(['version'], 2)), 'newer');
    assert.equal(parseSession('{"version":1.5,"something":"else"}'), 'newer');
    for (const version of [0, '2', null]) {
      assert.equal(parseSession(recordWith(['version'], version)), undefined);
    }
  });

  it('keeps its label, unless VS Code would take the user for an app', () => {
    const labelOf = (label: string) => {
      const session = parseSession(recordWith(['account', 'label'], label));
      return typeof session === 'object' ? session.account.label : undefined;
    };
    for (const label of ['Alva', '\u3164', ' a\nb ', 'app-x', 'App-0123…', 'Alva-usages', '…']) {
      assert.equal(labelOf(label), label);
    }
    assert.equal(labelOf('app-01234567…'), '“app-01234567…”');
  });

  it('is read without unknown properties', () => {
    assert.deepEqual(parseSession(recordWith(['more'], 1)), sampleSession());
  });
});
