import assert from 'node:assert/strict';
import { ownClient } from '../../../src/common/client.ts';
import { matchingSessions } from '../../../src/sessions/matchingSessions.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { sampleSession } from './sampleSession.ts';

const CONFIGURED = 'c'.repeat(32);
const bo = { id: 'account-of-bo', profileId: 'bo', label: 'Bo' };

/** A session of Alva's that was granted `scope`. */
function granted(id: string, scope: string, different: Partial<StoredSession> = {}) {
  const { token } = sampleSession();
  return sampleSession({ id, scopes: scope.split(' '), token: { ...token, scope }, ...different });
}

function idsOf(sessions: readonly StoredSession[], scopes: string, accountId?: string) {
  const wanted = {
    scopes: scopes.split(' ').filter(Boolean),
    accountId,
    preferredClientId: CONFIGURED,
  };
  return matchingSessions(sessions, wanted).map((ofAccount) => ofAccount.map(({ id }) => id));
}

describe('matchingSessions', () => {
  const narrow = granted('narrow', 'a');
  const wide = granted('wide', 'a b c');

  it('finds the narrowest session that covers the scopes, then the wider ones', () => {
    assert.deepEqual(idsOf([wide, narrow], 'a'), [['narrow', 'wide']]);
    assert.deepEqual(idsOf([wide, narrow], ''), [['narrow', 'wide']]);
    assert.deepEqual(idsOf([narrow, wide], 'c a'), [['wide']]);
    assert.deepEqual(idsOf([narrow, wide], 'd'), []);
  });

  it('goes by what was granted, not by what was asked for', () => {
    const less = granted('less', 'a', { scopes: ['a', 'b'] });
    assert.deepEqual(idsOf([less], 'b'), []);
    assert.deepEqual(idsOf([less], 'a'), [['less']]);
  });

  it('takes what was asked for as granted where Spotify did not say', () => {
    const token = { accessToken: 'BQx', expiresAt: 0 };
    const silent = sampleSession({ scopes: ['a', 'b'], token });
    assert.deepEqual(idsOf([silent], 'b'), [['first']]);
  });

  it('answers for each account, and for the one that is named alone', () => {
    const bos = granted('bos', 'a', { account: bo });
    assert.deepEqual(idsOf([narrow, bos, wide], 'a'), [['narrow', 'wide'], ['bos']]);
    assert.deepEqual(idsOf([narrow, bos, wide], 'a', bo.id), [['bos']]);
    assert.deepEqual(idsOf([narrow, bos], 'a', 'account-of-nobody'), []);
  });

  it('puts the configured client first, though its session may do more', () => {
    const foreign = granted('foreign', 'a', { client: ownClient('d'.repeat(32)) });
    assert.deepEqual(idsOf([foreign, wide], 'a'), [['wide', 'foreign']]);
  });

  it('keeps what an extension’s own app has been agreed to apart from all else', () => {
    const theirs = 'd'.repeat(32);
    const marked = granted('marked', 'a', { client: { id: theirs, source: 'extension' } });
    const foreign = granted('foreign', 'a', { client: ownClient(theirs) });
    const all = [marked, foreign, narrow];
    const idsFor = (id?: string) =>
      matchingSessions(all, {
        scopes: ['a'],
        accountId: undefined,
        preferredClientId: CONFIGURED,
        client: id === undefined ? undefined : { id, source: 'extension' },
      }).map((ofAccount) => ofAccount.map(({ id }) => id));
    assert.deepEqual(idsFor(theirs), [['marked']]);
    assert.deepEqual(idsFor(), [['narrow', 'foreign']]);
    assert.deepEqual(idsFor('e'.repeat(32)), []);
  });

  it('leaves a refused session alone for an hour, and then puts it behind all others', () => {
    const now = Date.now() / 1000;
    const just = granted('just', 'a', { suspendedAt: now - 3500 });
    const due = granted('due', 'a', { suspendedAt: now - 3700 });
    const foreign = granted('foreign', 'a b', { client: ownClient('d'.repeat(32)) });
    assert.deepEqual(idsOf([just], 'a'), []);
    const ahead = granted('ahead', 'a', { suspendedAt: now + 3700 });
    assert.deepEqual(idsOf([ahead], 'a'), [['ahead']], 'a clock that was set back');
    assert.deepEqual(idsOf([due, just, foreign], 'a'), [['foreign', 'due']]);
  });
});
