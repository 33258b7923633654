import assert from 'node:assert/strict';
import { OFFERED_SCOPES } from '../../../src/ownScopes.ts';
import { UnansweredScopes } from '../../../src/unansweredScopes.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

/** A session that was granted `scope`. */
const granted = (scope: string) =>
  sampleSession({ token: { accessToken: 'BQx', expiresAt: 0, scope } });

describe('UnansweredScopes', () => {
  let unanswered: UnansweredScopes;

  beforeEach(() => (unanswered = new UnansweredScopes()));

  it('has nothing to announce before anybody asked in vain', () => {
    assert.deepEqual(unanswered.take(granted('a b')), []);
  });

  it('announces a session for each list that it covers, exactly as it was asked for', () => {
    unanswered.add(['b', 'a']);
    unanswered.add(['a', 'b']);
    unanswered.add([]);
    unanswered.add(['a', 'c']);
    assert.deepEqual(unanswered.take(granted('a b')), [['b', 'a'], ['a', 'b'], ['']]);
  });

  it('keeps a list until a session covers it, and forgets it then', () => {
    unanswered.add(['a', 'c']);
    assert.deepEqual(unanswered.take(granted('a')), []);
    assert.deepEqual(unanswered.take(granted('a c')), [['a', 'c']]);
    assert.deepEqual(unanswered.take(granted('a c')), []);
  });

  it('announces any session for our own list, which only offers to sign in, once', () => {
    unanswered.add(OFFERED_SCOPES);
    const session = { ...granted('a'), scopes: ['a'] };
    assert.deepEqual(unanswered.take(session), [OFFERED_SCOPES]);
    assert.deepEqual(unanswered.take(session), []);
  });

  it('announces a session of an extension’s own app for requests that name it, and only those', () => {
    const marker = `VSCODE_CLIENT_ID:${'c'.repeat(32)}`;
    unanswered.add(['a']);
    unanswered.add([marker, 'a']);
    unanswered.add(['a', marker.replaceAll('c', 'd')]);
    const { client } = sampleSession();
    const theirs = { ...client, source: 'extension' as const };
    const session = { ...granted('a'), scopes: ['a'], client: theirs };
    assert.deepEqual(unanswered.take(session), [[marker, 'a']]);
    assert.deepEqual(unanswered.take(granted('a')), [['a']]);
  });

  it('announces nothing for another extension’s request that looks like ours', () => {
    unanswered.add(['user-read-private']);
    assert.deepEqual(unanswered.take({ ...granted('a'), scopes: ['a'] }), []);
  });

  it('names a list once, however often it was asked for', () => {
    unanswered.add(['a']);
    unanswered.add(['a']);
    assert.deepEqual(unanswered.take(granted('a')), [['a']]);
  });

  it('announces a session without scopes as VS Code writes that, too', () => {
    unanswered.add([]);
    assert.deepEqual(unanswered.take({ ...granted(''), scopes: [] }), [['']]);
  });

  it('covers a list whose scopes are written together', () => {
    unanswered.add(['a b']);
    assert.deepEqual(unanswered.take(granted('b a')), [['a b']]);
  });
});
