import assert from 'node:assert/strict';
import { newSession } from '../../../src/sessions/newSession.ts';
import { sampleSession } from './sampleSession.ts';

const { clientId, account, scopes, token } = sampleSession();
const signedIn = { clientId, account, scopes, token };

describe('newSession', () => {
  it('has a random id and the time of consent', () => {
    const [one, other] = [newSession(signedIn, []), newSession(signedIn, [])];
    assert.notEqual(one.id, other.id);
    assert.ok(Math.abs(one.consentedAt - Date.now() / 1000) < 60);
    const known = { id: 'first', consentedAt: 1_790_000_000, generation: 1 };
    assert.deepEqual({ ...one, ...known }, sampleSession());
  });

  it('takes the place of the one with the same account, client and scopes', () => {
    const known = [sampleSession()];
    assert.equal(newSession(signedIn, known).id, 'first');
    for (const different of [
      { clientId: 'd'.repeat(32) },
      { scopes: ['user-top-read'] },
      { account: { id: 'x', profileId: 'y', label: 'Alva' } },
    ]) {
      assert.notEqual(newSession({ ...signedIn, ...different }, known).id, 'first');
    }
  });

  it('keeps the label of a known account, whatever Spotify calls it now', () => {
    const renamed = { id: account.id, profileId: 'new-id', label: 'Alva L.' };
    const session = newSession({ ...signedIn, account: renamed }, [sampleSession()]);
    assert.deepEqual(session.account, account);
  });

  it('keeps two people of one name apart', () => {
    const namesake = { id: 'account-of-other', profileId: 'alva2', label: 'Alva' };
    const session = newSession({ ...signedIn, account: namesake }, [sampleSession()]);
    assert.equal(session.account.label, 'Alva (alva2)');
  });
});
