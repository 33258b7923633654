import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isOlderRecord,
  isYoung,
  mayBeAsked,
  parseSession,
  serializeSession,
  type StoredSession,
} from '../../../src/sessions/storedSession.ts';
import { sampleSession } from './sampleSession.ts';

const text = fc.string({ unit: 'binary', minLength: 1 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const whole = fc.nat();

const sessions: fc.Arbitrary<StoredSession> = fc.record(
  {
    id: text,
    client: fc.record({ id: text, source: fc.constantFrom('settings', 'extension') }),
    account: fc.record({ id: text, profileId: text, label: text }),
    scopes: fc.array(text),
    token: fc.record(
      { accessToken: text, expiresAt: number, refreshToken: text, scope: fc.string() },
      { requiredKeys: ['accessToken', 'expiresAt'] },
    ),
    consentedAt: number,
    revision: whole,
    refreshedAt: number,
    suspendedAt: number,
  },
  { requiredKeys: ['id', 'client', 'account', 'scopes', 'token', 'consentedAt', 'revision'] },
);

/** The sample as it is stored, with a value replaced where `path` leads. */
function spoilt(path: readonly string[], value: unknown): string {
  const record = JSON.parse(serializeSession(sampleSession())) as Record<string, unknown>;
  let holder = record;
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  holder[path.at(-1) ?? ''] = value;
  return JSON.stringify(record);
}

describe('a stored session', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(sessions, (session) => {
        // Records of fast-check have no prototype.
        const plain = structuredClone(session);
        assert.deepEqual(parseSession(serializeSession(plain)), plain);
      }),
    );
  });

  it('is never made of anything else, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (stored) => {
        assert.equal(parseSession(stored), undefined);
      }),
    );
  });

  it('is whole or none, whichever value is spoilt', () => {
    const paths = [
      ...['id', 'clientId', 'account', 'scopes', 'token', 'consentedAt', 'generation'],
      ...['account.id', 'account.profileId', 'account.label', 'scopes.0'],
      ...['token.accessToken', 'token.expiresAt', 'token.refreshToken', 'token.scope'],
    ];
    for (const path of paths) {
      for (const value of [null, true, {}, [['']]]) {
        const stored = spoilt(path.split('.'), value);
        assert.equal(parseSession(stored), undefined, `${path}: ${JSON.stringify(value)}`);
      }
    }
  });

  it('is left to the later version of the extension that wrote it', () => {
    assert.equal(parseSession(spoilt(['version'], 2)), 'newer');
    assert.equal(parseSession('{"version":1.5,"something":"else"}'), 'newer');
    for (const version of [0, '2', null]) {
      assert.equal(parseSession(spoilt(['version'], version)), undefined);
    }
  });

  it('takes nothing along that it does not know', () => {
    assert.deepEqual(parseSession(spoilt(['more'], 1)), sampleSession());
  });

  it('has a young token for a while after the consent and after each refresh', () => {
    const now = Date.now() / 1000;
    const young = (consentedAt: number, refreshedAt?: number) =>
      isYoung({ consentedAt, ...(refreshedAt && { refreshedAt }) }, 60);
    assert.deepEqual([young(now - 59), young(now - 61)], [true, false]);
    assert.deepEqual([young(now - 9999, now - 59), young(now - 9999, now - 61)], [true, false]);
    assert.ok(!young(now + 3600), 'a clock that was set back makes every token young');
  });

  it('may be asked for a token unless it was refused within the last hour', () => {
    const now = Date.now() / 1000;
    assert.ok(mayBeAsked(sampleSession()));
    assert.ok(!mayBeAsked(sampleSession({ suspendedAt: now - 3590 })));
    assert.ok(mayBeAsked(sampleSession({ suspendedAt: now - 3600 })));
  });

  describe('beside another record', () => {
    const record = (revision: number, suspendedAt?: number) =>
      serializeSession(sampleSession({ revision, ...(suspendedAt && { suspendedAt }) }));

    it('is older where it was written earlier, whatever Spotify has said of either', () => {
      for (const one of [record(4), record(4, 1)]) {
        for (const other of [record(5), record(5, 1)]) {
          assert.ok(isOlderRecord(one, other));
          assert.ok(!isOlderRecord(other, one));
        }
      }
    });

    it('gives way at the same age where Spotify has refused it, and not the other', () => {
      assert.ok(isOlderRecord(record(5, 1), record(5)));
      assert.ok(!isOlderRecord(record(5), record(5, 1)));
      assert.ok(!isOlderRecord(record(5), record(5)));
      assert.ok(!isOlderRecord(record(5, 1), record(5, 2)));
    });

    it('is never older than one that is older than it', () => {
      fc.assert(
        fc.property(sessions, sessions, (one, other) => {
          const [a, b] = [serializeSession(one), serializeSession(other)];
          assert.ok(!(isOlderRecord(a, b) && isOlderRecord(b, a)));
          assert.ok(!isOlderRecord(a, a));
        }),
      );
    });

    it('is not older than what is none, nor is that older', () => {
      for (const none of [undefined, '', 'garbage', '{}', spoilt(['version'], 2)]) {
        assert.ok(!isOlderRecord(record(1), none));
        if (none !== undefined) assert.ok(!isOlderRecord(none, record(9)));
      }
    });
  });
});
