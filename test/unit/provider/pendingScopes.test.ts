import assert from 'node:assert/strict';
import { OFFERED_SCOPES, PendingScopeLists } from '../../../src/provider/scopeLists.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

/** A session that was granted `scope`. */
const granted = (scope: string) =>
  sampleSession({ token: { accessToken: 'BQx', expiresAt: 0, scope } });

/** About PendingScopeLists of src/provider/scopeLists.ts. */
describe('PendingScopeLists', () => {
  let pending: PendingScopeLists;

  beforeEach(() => (pending = new PendingScopeLists()));

  it('announces nothing before a request has found no session', () => {
    assert.deepEqual(pending.take(granted('a b')), []);
  });

  it('announces a session for each list that it covers, exactly as it was requested', () => {
    pending.add(['b', 'a']);
    pending.add(['a', 'b']);
    pending.add([]);
    pending.add(['a', 'c']);
    assert.deepEqual(pending.take(granted('a b')), [['b', 'a'], ['a', 'b'], ['']]);
  });

  it('keeps a list until a session covers it, and forgets it then', () => {
    pending.add(['a', 'c']);
    assert.deepEqual(pending.take(granted('a')), []);
    assert.deepEqual(pending.take(granted('a c')), [['a', 'c']]);
    assert.deepEqual(pending.take(granted('a c')), []);
  });

  it('announces any session for the list of our offer to sign in, once', () => {
    pending.add(OFFERED_SCOPES);
    const session = { ...granted('a'), scopes: ['a'] };
    assert.deepEqual(pending.take(session), [OFFERED_SCOPES]);
    assert.deepEqual(pending.take(session), []);
  });

  it('announces a session of a client ID that the extension named only for requests that name it', () => {
    const namedClientId = `VSCODE_CLIENT_ID:${'c'.repeat(32)}`;
    pending.add(['a']);
    pending.add([namedClientId, 'a']);
    pending.add(['a', namedClientId.replaceAll('c', 'd')]);
    const { client } = sampleSession();
    const named = { ...client, source: 'extension' as const };
    const session = { ...granted('a'), scopes: ['a'], client: named };
    assert.deepEqual(pending.take(session), [[namedClientId, 'a']]);
    assert.deepEqual(pending.take(granted('a')), [['a']]);
  });

  it('announces nothing for another extension’s request that looks like ours', () => {
    pending.add(['user-read-private']);
    assert.deepEqual(pending.take({ ...granted('a'), scopes: ['a'] }), []);
  });

  it('announces a list once, however often it was requested', () => {
    pending.add(['a']);
    pending.add(['a']);
    assert.deepEqual(pending.take(granted('a')), [['a']]);
  });

  it('announces a session without scopes with the list [“”], as VS Code stores it', () => {
    pending.add([]);
    assert.deepEqual(pending.take({ ...granted(''), scopes: [] }), [['']]);
  });

  it('covers a list whose scopes are in one string', () => {
    pending.add(['a b']);
    assert.deepEqual(pending.take(granted('b a')), [['a b']]);
  });
});
