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

  it('has nothing to announce before anybody asked in vain', () => {
    assert.deepEqual(pending.take(granted('a b')), []);
  });

  it('announces a session for each list that it covers, exactly as it was asked for', () => {
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

  it('announces any session for our own list, which only offers to sign in, once', () => {
    pending.add(OFFERED_SCOPES);
    const session = { ...granted('a'), scopes: ['a'] };
    assert.deepEqual(pending.take(session), [OFFERED_SCOPES]);
    assert.deepEqual(pending.take(session), []);
  });

  it('announces a session of an extension’s own app for requests that name it, and only those', () => {
    const marker = `VSCODE_CLIENT_ID:${'c'.repeat(32)}`;
    pending.add(['a']);
    pending.add([marker, 'a']);
    pending.add(['a', marker.replaceAll('c', 'd')]);
    const { client } = sampleSession();
    const theirs = { ...client, source: 'extension' as const };
    const session = { ...granted('a'), scopes: ['a'], client: theirs };
    assert.deepEqual(pending.take(session), [[marker, 'a']]);
    assert.deepEqual(pending.take(granted('a')), [['a']]);
  });

  it('announces nothing for another extension’s request that looks like ours', () => {
    pending.add(['user-read-private']);
    assert.deepEqual(pending.take({ ...granted('a'), scopes: ['a'] }), []);
  });

  it('names a list once, however often it was asked for', () => {
    pending.add(['a']);
    pending.add(['a']);
    assert.deepEqual(pending.take(granted('a')), [['a']]);
  });

  it('announces a session without scopes as VS Code writes that, too', () => {
    pending.add([]);
    assert.deepEqual(pending.take({ ...granted(''), scopes: [] }), [['']]);
  });

  it('covers a list whose scopes are written together', () => {
    pending.add(['a b']);
    assert.deepEqual(pending.take(granted('b a')), [['a b']]);
  });
});
