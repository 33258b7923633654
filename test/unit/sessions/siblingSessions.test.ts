import assert from 'node:assert/strict';
import { ownClient } from '../../../src/common/client.ts';
import { isSibling } from '../../../src/sessions/newSession.ts';
import {
  allScopes,
  issuedAt,
  mayHaveEnded,
  replaces,
} from '../../../src/sessions/siblingSessions.ts';
import { sampleSession } from './sampleSession.ts';

const session = sampleSession();
const bo = { id: 'account-of-bo', profileId: 'bo', label: 'Bo' };

describe('sessions of one account and app', () => {
  it('have the same account, by either id, and the same client', () => {
    const renamed = { ...session.account, profileId: 'new-id' };
    assert.ok(isSibling(session, sampleSession({ id: 'other', account: renamed })));
    assert.ok(!isSibling(session, sampleSession({ account: bo })));
    assert.ok(!isSibling(session, sampleSession({ client: ownClient('d'.repeat(32)) })));
    const { id } = session.client;
    assert.ok(!isSibling(session, sampleSession({ client: { id, source: 'extension' } })));
  });

  it('got their token at the last refresh, or else at the consent', () => {
    assert.equal(issuedAt(session), 1_790_000_000);
    assert.equal(issuedAt(sampleSession({ refreshedAt: 1_790_000_500 })), 1_790_000_500);
  });

  it('may have ended together unless one got a token after the refusal', () => {
    const refusedAt = 1_790_000_400;
    assert.ok(mayHaveEnded(session, refusedAt));
    assert.ok(!mayHaveEnded(sampleSession({ refreshedAt: 1_790_000_500 }), refusedAt));
    const suspended = { refreshedAt: 1_790_000_500, suspendedAt: 1_790_000_600 };
    assert.ok(mayHaveEnded(sampleSession(suspended), refusedAt));
  });

  it('replace each other if they are active and cover the scopes', () => {
    const wide = { scopes: ['user-read-private', 'user-top-read'] };
    const token = { ...session.token, scope: wide.scopes.join(' ') };
    assert.ok(replaces(sampleSession({ ...wide, token }), session));
    assert.ok(!replaces(session, sampleSession({ ...wide, token })));
    assert.ok(!replaces(sampleSession({ ...wide, token, suspendedAt: 1 }), session));
    assert.ok(!replaces(sampleSession({ ...wide, token, account: bo }), session));
  });

  it('are signed in to again with the scopes of all, each once', () => {
    const scopes = allScopes([session, sampleSession({ scopes: ['a', 'user-read-private'] })]);
    assert.deepEqual(scopes, ['user-read-private', 'a']);
  });
});
