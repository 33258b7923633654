import assert from 'node:assert/strict';
import { clockSkew } from '../../../src/diagnosis/clockSkew.ts';

const NOON = Date.UTC(2026, 10, 25, 12);

/** The skew of an answer that was written at noon, and sent and received so much later, in ms. */
function skew(sent: number, received: number, headers: Record<string, string> = {}) {
  const date = new Date(NOON).toUTCString();
  return clockSkew({
    headers: new Headers({ date, ...headers }),
    sentAt: NOON + sent,
    receivedAt: NOON + received,
  });
}

describe('the clock of this computer', () => {
  it('may agree with a server whose answer was on its way meanwhile', () => {
    assert.equal(skew(-200, 300), 0);
    assert.equal(skew(900, 1400), 0);
    assert.equal(skew(-4000, 0), 0);
  });

  it('is ahead, or behind, by what no way explains', () => {
    assert.equal(skew(301_000, 301_500), 300);
    assert.equal(skew(-300_500, -300_000), -300);
  });

  it('is compared with the time at which a cache has answered', () => {
    assert.equal(skew(60_000, 60_200, { age: '60' }), 0);
  });

  it('is not known where the server tells no time', () => {
    assert.equal(skew(0, 0, { date: 'yesterday' }), undefined);
    const answer = { headers: new Headers(), sentAt: 0, receivedAt: 0 };
    assert.equal(clockSkew(answer), undefined);
  });
});
