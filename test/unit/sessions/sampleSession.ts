import { ownClient } from '../../../src/common/client.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';

/** A session of Alva's. `different` replaces some of its values. */
export function sampleSession(different: Partial<StoredSession> = {}): StoredSession {
  return {
    id: 'first',
    client: ownClient('c'.repeat(32)),
    account: { id: 'account-of-alva', profileId: 'alva', label: 'Alva' },
    scopes: ['user-read-private'],
    token: {
      accessToken: 'BQx',
      expiresAt: 2_000_000_000,
      refreshToken: 'AQx',
      scope: 'user-read-private',
    },
    consentedAt: 1_790_000_000,
    revision: 1,
    ...different,
  };
}
