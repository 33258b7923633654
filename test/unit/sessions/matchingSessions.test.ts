import assert from 'node:assert/strict';
import { ownClient } from '../../../src/common/client.ts';
import { matchingSessions } from '../../../src/sessions/matchingSessions.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { moveClock, resetClock } from './clock.ts';
import { sampleSession } from './sampleSession.ts';

const CONFIGURED = 'c'.repeat(32);
const bo = { id: 'account-of-bo', profileId: 'bo', label: 'Bo' };

/** A session of Alva's to which Spotify granted `scope`. */
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
  afterEach(resetClock);

  const narrow = granted('narrow', 'a');
  const wide = granted('wide', 'a b c');

  it('finds the narrowest session that covers the scopes, then the wider ones', () => {
    assert.deepEqual(idsOf([wide, narrow], 'a'), [['narrow', 'wide']]);
    assert.deepEqual(idsOf([wide, narrow], ''), [['narrow', 'wide']]);
    assert.deepEqual(idsOf([narrow, wide], 'c a'), [['wide']]);
    assert.deepEqual(idsOf([narrow, wide], 'd'), []);
  });

  it('compares the scopes that were granted, not those that were requested', () => {
    const less = granted('less', 'a', { scopes: ['a', 'b'] });
    assert.deepEqual(idsOf([less], 'b'), []);
    assert.deepEqual(idsOf([less], 'a'), [['less']]);
  });

  it('takes the requested scopes as granted if Spotify’s answer named none', () => {
    const token = { accessToken: 'BQx', expiresAt: 0 };
    const silent = sampleSession({ scopes: ['a', 'b'], token });
    assert.deepEqual(idsOf([silent], 'b'), [['first']]);
  });

  it('returns a list for each account, or only for the requested account', () => {
    const bos = granted('bos', 'a', { account: bo });
    assert.deepEqual(idsOf([narrow, bos, wide], 'a'), [['narrow', 'wide'], ['bos']]);
    assert.deepEqual(idsOf([narrow, bos, wide], 'a', bo.id), [['bos']]);
    assert.deepEqual(idsOf([narrow, bos], 'a', 'account-of-nobody'), []);
  });

  it('puts sessions of the configured client first, also those with more scopes', () => {
    const foreign = granted('foreign', 'a', { client: ownClient('d'.repeat(32)) });
    assert.deepEqual(idsOf([foreign, wide], 'a'), [['wide', 'foreign']]);
  });

  it('matches sessions of a client that the extension named only with requests that name it', () => {
    const theirs = 'd'.repeat(32);
    const named = granted('named', 'a', { client: { id: theirs, source: 'extension' } });
    const foreign = granted('foreign', 'a', { client: ownClient(theirs) });
    const all = [named, foreign, narrow];
    const idsFor = (id?: string) =>
      matchingSessions(all, {
        scopes: ['a'],
        accountId: undefined,
        preferredClientId: CONFIGURED,
        client: id === undefined ? undefined : { id, source: 'extension' },
      }).map((ofAccount) => ofAccount.map(({ id }) => id));
    assert.deepEqual(idsFor(theirs), [['named']]);
    assert.deepEqual(idsFor(), [['narrow', 'foreign']]);
    assert.deepEqual(idsFor('e'.repeat(32)), []);
  });

  it('leaves out a suspended session for an hour, and then puts it last', () => {
    const now = Date.now() / 1000;
    const just = granted('just', 'a', { suspendedAt: now - 3500 });
    const due = granted('due', 'a', { suspendedAt: now - 3700 });
    const foreign = granted('foreign', 'a b', { client: ownClient('d'.repeat(32)) });
    assert.deepEqual(idsOf([just], 'a'), []);
    const ahead = granted('ahead', 'a', { suspendedAt: now + 3700 });
    assert.deepEqual(idsOf([ahead], 'a'), [['ahead']], 'after the clock was set back');
    const all = [due, just, foreign];
    assert.deepEqual(idsOf(all, 'a'), [['foreign', 'due']]);
    moveClock(200);
    assert.deepEqual(idsOf(all, 'a'), [['foreign', 'due', 'just']], 'the same sessions later');
  });
});
