import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOlderRecord } from '../../../src/sessions/compareRecords.ts';
import { serializeSession } from '../../../src/sessions/storedSession.ts';
import { anySession, recordWith } from './records.ts';
import { sampleSession } from './sampleSession.ts';

describe('isOlderRecord', () => {
  const record = (revision: number, suspendedAt?: number) =>
    serializeSession(sampleSession({ revision, ...(suspendedAt && { suspendedAt }) }));

  it('is true for the lower revision, whether or not either record is suspended', () => {
    for (const one of [record(4), record(4, 1)]) {
      for (const other of [record(5), record(5, 1)]) {
        assert.ok(isOlderRecord(one, other));
        assert.ok(!isOlderRecord(other, one));
      }
    }
  });

  it('is true at the same revision only for a suspended record beside one that is not', () => {
    assert.ok(isOlderRecord(record(5, 1), record(5)));
    assert.ok(!isOlderRecord(record(5), record(5, 1)));
    assert.ok(!isOlderRecord(record(5), record(5)));
    assert.ok(!isOlderRecord(record(5, 1), record(5, 2)));
  });

  it('is never true in both directions', () => {
    fc.assert(
      fc.property(anySession, anySession, (one, other) => {
        const [a, b] = [serializeSession(one), serializeSession(other)];
        assert.ok(!(isOlderRecord(a, b) && isOlderRecord(b, a)));
        assert.ok(!isOlderRecord(a, a));
      }),
    );
  });

  it('is false if either text is no record', () => {
    for (const none of [undefined, '', 'garbage', '{}', recordWith(['version'], 2)]) {
      assert.ok(!isOlderRecord(record(1), none));
      if (none !== undefined) assert.ok(!isOlderRecord(none, record(9)));
    }
  });
});
