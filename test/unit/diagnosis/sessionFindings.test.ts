import assert from 'node:assert/strict';
import { ownClient } from '../../../src/common/client.ts';
import { sessionFindings } from '../../../src/diagnosis/sessionFindings.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

const NOW = 1_795_000_000;

describe('a session in a report', () => {
  it('has the number of its account, its scopes and the times of its ends', () => {
    const alva = sampleSession({
      token: { accessToken: 'BQx', expiresAt: NOW + 60, scope: 'user-read-private of-partners' },
      consentedAt: NOW - 24 * 3600,
    });
    const noor = { id: 'account-of-noor', profileId: 'noor', label: 'Noor' };
    const refused = sampleSession({ id: 'second', account: noor, suspendedAt: NOW - 10 });
    const again = sampleSession({
      id: 'third',
      client: ownClient('d'.repeat(32)),
      token: alva.token,
    });
    const ofExtension = sampleSession({
      id: 'fourth',
      client: { id: alva.client.id, source: 'extension' },
    });
    const findings = sessionFindings([alva, refused, again, ofExtension], alva.client.id, NOW);
    assert.deepEqual(findings[0], {
      account: 1,
      scopes: ['user-read-private'],
      otherScopes: 1,
      client: 'configured',
      tokenSeconds: 60,
      consentSeconds: 180 * 24 * 3600,
      suspendedSeconds: undefined,
    });
    assert.deepEqual(
      findings.map(({ account }) => account),
      [1, 2, 1, 1],
    );
    assert.equal(findings[1]?.suspendedSeconds, 10);
    assert.deepEqual([findings[2]?.client, findings[3]?.client], ['other', 'extensions']);
  });

  it('contains no name, id or token', () => {
    const session = sampleSession({ id: 'secret-id' });
    const text = JSON.stringify(sessionFindings([session], session.client.id, NOW));
    for (const name of ['Alva', 'alva', 'secret-id', session.client.id, 'BQx', 'AQx']) {
      assert.ok(!text.includes(name), text);
    }
  });
});
