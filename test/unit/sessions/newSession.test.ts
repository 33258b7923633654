import assert from 'node:assert/strict';
import { ownClient } from '../../../src/common/client.ts';
import { isSameAccount, newSession, supersededBy } from '../../../src/sessions/newSession.ts';
import { sampleSession } from './sampleSession.ts';

const { client, account, scopes, token } = sampleSession();
const signedIn = { client, account, scopes, token };

describe('newSession', () => {
  it('has a random id and one time of consent', () => {
    const issued = { ...signedIn, token: { ...token, consentedAt: 1_790_000_000 } };
    const [one, other] = [newSession(issued, []), newSession(issued, [])];
    assert.notEqual(one.id, other.id);
    assert.ok(Math.abs(one.consentedAt - Date.now() / 1000) < 60);
    const known = { id: 'first', consentedAt: 1_790_000_000, revision: 1 };
    assert.deepEqual({ ...one, ...known }, sampleSession());
  });

  it('takes the id of the known session with the same account, client and scopes', () => {
    const known = [sampleSession()];
    assert.equal(newSession(signedIn, known).id, 'first');
    for (const different of [
      { client: ownClient('d'.repeat(32)) },
      { scopes: ['user-top-read'] },
      { client: { ...client, source: 'extension' as const } },
      { account: { id: 'x', profileId: 'y', label: 'Alva' } },
    ]) {
      assert.notEqual(newSession({ ...signedIn, ...different }, known).id, 'first');
    }
  });

  it('keeps the label of a known account, though its name has changed', () => {
    const renamed = { id: account.id, profileId: 'new-id', label: 'Alva L.' };
    const session = newSession({ ...signedIn, account: renamed }, [sampleSession()]);
    assert.deepEqual(session.account, account);
  });

  it('gives two users of the same name different labels', () => {
    const namesake = { id: 'account-of-other', profileId: 'alva2', label: 'Alva' };
    const session = newSession({ ...signedIn, account: namesake }, [sampleSession()]);
    assert.equal(session.account.label, 'Alva (alva2)');
  });

  it('gives a user no label that an account had that is signed out', () => {
    const namesake = { id: 'account-of-other', profileId: 'alva2', label: 'Alva' };
    const session = newSession({ ...signedIn, account: namesake }, [], [account]);
    assert.equal(session.account.label, 'Alva (alva2)');
    const renamed = { ...account, profileId: 'new-id' };
    assert.equal(
      newSession({ ...signedIn, account: renamed }, [], [account]).account.label,
      'Alva',
    );
  });

  it('compares the scopes without their order', () => {
    const known = [sampleSession({ scopes: ['a', 'b'] })];
    assert.equal(newSession({ ...signedIn, scopes: ['b', 'a'] }, known).id, 'first');
    assert.notEqual(newSession({ ...signedIn, scopes: ['a'] }, known).id, 'first');
    assert.notEqual(newSession({ ...signedIn, scopes: ['a', 'b', 'c'] }, known).id, 'first');
  });

  it('takes the id of a suspended session, and is not suspended', () => {
    const session = newSession(signedIn, [sampleSession({ suspendedAt: 1_790_000_100 })]);
    assert.equal(session.id, 'first');
    assert.ok(!('suspendedAt' in session));
  });

  it('finds a free label, whichever labels are taken', () => {
    const namesake = { id: 'account-of-other', profileId: 'alva2', label: 'Alva' };
    const known = ['Alva', 'Alva (alva2)', 'Alva (account-of-other)'].map((label, index) =>
      sampleSession({
        id: label,
        account: { id: `account ${index}`, profileId: `profile ${index}`, label },
        suspendedAt: 1_790_000_100,
      }),
    );
    const labelAmong = (count: number) =>
      newSession({ ...signedIn, account: namesake }, known.slice(0, count)).account.label;
    assert.equal(labelAmong(0), 'Alva');
    assert.equal(labelAmong(1), 'Alva (alva2)');
    assert.equal(labelAmong(2), 'Alva (account-of-other)');
    assert.match(labelAmong(3), /^Alva \([\da-f-]{36}\)$/);
  });
});

describe('isSameAccount', () => {
  it('is true if either id is the same', () => {
    const other = { id: 'account-of-other', profileId: 'alva2', label: 'Alva' };
    assert.ok(isSameAccount(account, { ...other, id: account.id }));
    assert.ok(isSameAccount(account, { ...other, profileId: account.profileId }));
    assert.ok(!isSameAccount(account, other));
  });
});

describe('supersededBy', () => {
  const suspended = sampleSession({ id: 'suspended', suspendedAt: 1_790_000_100 });

  it('finds the suspended sessions whose scopes the new session covers', () => {
    assert.deepEqual(supersededBy(sampleSession(), [suspended]), [suspended]);
  });

  it('finds those of another client ID of the user’s choice, too', () => {
    const other = { ...suspended, client: ownClient('d'.repeat(32)) };
    assert.deepEqual(supersededBy(sampleSession(), [other]), [other]);
  });

  it('finds those of the client ID that the extension named, and of no other one', () => {
    const named = (id: string) => ({ id, source: 'extension' as const });
    const session = sampleSession({ client: named('e'.repeat(32)) });
    const same = { ...suspended, client: named('e'.repeat(32)) };
    const other = { ...suspended, client: named('f'.repeat(32)) };
    assert.deepEqual(supersededBy(session, [same, other]), [same]);
  });

  it('leaves out every other session', () => {
    const { suspendedAt, ...living } = suspended;
    assert.ok(suspendedAt);
    const spared = [
      living,
      { ...suspended, id: 'first' },
      { ...suspended, client: { ...client, source: 'extension' as const } },
      { ...suspended, account: { id: 'account-of-bo', profileId: 'bo', label: 'Bo' } },
      { ...suspended, scopes: ['user-read-private', 'user-top-read'] },
    ];
    for (const session of spared) {
      assert.deepEqual(supersededBy(sampleSession(), [session]), [], JSON.stringify(session));
    }
  });
});
