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
  it('adds a session that did not exist before', () => {
    const expected = { added: [session], changed: [], removed: [] };
    assert.deepEqual(sessionChangeEvent(undefined, session, [sibling]), expected);
  });

  it('changes a session if anything but its revision differs', () => {
    const renewed = sampleSession({ revision: 2, token: { ...session.token, accessToken: 'y' } });
    const expected = { added: [], changed: [renewed], removed: [] };
    assert.deepEqual(sessionChangeEvent(session, renewed, [sibling]), expected);
    assert.equal(sessionChangeEvent(session, sampleSession({ revision: 2 }), [sibling]), undefined);
  });

  it('removes a session, and changes another one of its account, so that the account stays', () => {
    const expected = { added: [], changed: [sibling], removed: [session] };
    assert.deepEqual(sessionChangeEvent(session, undefined, [foreign, sibling]), expected);
  });

  it('changes no session of another account, and no suspended one, when it removes a session', () => {
    const expected = { added: [], changed: [], removed: [session] };
    const suspended = { ...sibling, suspendedAt: 1_790_000_100 };
    assert.deepEqual(sessionChangeEvent(session, undefined, [foreign, suspended]), expected);
  });

  it('removes a session that is suspended, and adds it when it comes back', () => {
    const removed = { added: [], changed: [sibling], removed: [session] };
    assert.deepEqual(sessionChangeEvent(session, refused, [sibling]), removed);
    const added = { added: [session], changed: [], removed: [] };
    assert.deepEqual(sessionChangeEvent(refused, session, [sibling]), added);
  });

  it('is undefined while VS Code does not see the session', () => {
    assert.equal(sessionChangeEvent(undefined, undefined, [sibling]), undefined);
    assert.equal(sessionChangeEvent(undefined, refused, [sibling]), undefined);
    assert.equal(sessionChangeEvent(refused, { ...refused, suspendedAt: 1 }, [sibling]), undefined);
    assert.equal(sessionChangeEvent(refused, undefined, [sibling]), undefined);
  });
});
