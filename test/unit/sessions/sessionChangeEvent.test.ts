import assert from 'node:assert/strict';
import { sessionChangeEvent } from '../../../src/sessions/sessionChangeEvent.ts';
import { sampleSession } from './sampleSession.ts';

const session = sampleSession();
const refused = sampleSession({ revision: 2, suspendedAt: 1_790_000_100 });
const sibling = sampleSession({ id: 'second', scopes: ['user-top-read'] });
const foreign = sampleSession({
  id: 'third',
  account: { id: 'account-of-bo', profileId: 'bo', label: 'Bo' },
});

describe('sessionChangeEvent', () => {
  it('is an added session where there was none', () => {
    const expected = { added: [session], changed: [], removed: [] };
    assert.deepEqual(sessionChangeEvent(undefined, session, [sibling]), expected);
  });

  it('is a changed session where anything but the revision differs', () => {
    const renewed = sampleSession({ revision: 2, token: { ...session.token, accessToken: 'y' } });
    const expected = { added: [], changed: [renewed], removed: [] };
    assert.deepEqual(sessionChangeEvent(session, renewed, [sibling]), expected);
    assert.equal(sessionChangeEvent(session, sampleSession({ revision: 2 }), [sibling]), undefined);
  });

  it('is a removed session, and a remaining one of its account that keeps the account', () => {
    const expected = { added: [], changed: [sibling], removed: [session] };
    assert.deepEqual(sessionChangeEvent(session, undefined, [foreign, sibling]), expected);
  });

  it('names no session of another account beside the removed one, and none kept aside', () => {
    const expected = { added: [], changed: [], removed: [session] };
    const aside = { ...sibling, suspendedAt: 1_790_000_100 };
    assert.deepEqual(sessionChangeEvent(session, undefined, [foreign, aside]), expected);
  });

  it('is a removal when a session is put aside, and an addition when it comes back', () => {
    const removed = { added: [], changed: [sibling], removed: [session] };
    assert.deepEqual(sessionChangeEvent(session, refused, [sibling]), removed);
    const added = { added: [session], changed: [], removed: [] };
    assert.deepEqual(sessionChangeEvent(refused, session, [sibling]), added);
  });

  it('is nothing while nobody sees the session', () => {
    assert.equal(sessionChangeEvent(undefined, undefined, [sibling]), undefined);
    assert.equal(sessionChangeEvent(undefined, refused, [sibling]), undefined);
    assert.equal(sessionChangeEvent(refused, { ...refused, suspendedAt: 1 }, [sibling]), undefined);
    assert.equal(sessionChangeEvent(refused, undefined, [sibling]), undefined);
  });
});
