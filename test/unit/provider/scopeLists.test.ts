import assert from 'node:assert/strict';
import { type Client, ownClient } from '../../../src/common/client.ts';
import {
  parseScopeList,
  ClientIdMarkerError,
  scopeListOf,
} from '../../../src/provider/scopeLists.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

const ID = '0123456789abcdef'.repeat(2);
const THEIRS: Client = { id: ID, source: 'extension' };
const MARKER = `VSCODE_CLIENT_ID:${ID}`;

describe('the client ID among the scopes', () => {
  it('is taken from among them, wherever it stands and however often', () => {
    for (const list of [
      [MARKER, 'a', 'b'],
      ['a', 'b', MARKER],
      [`a ${MARKER} b`, MARKER],
    ]) {
      assert.deepEqual(parseScopeList(list), { scopes: ['a', 'b'], client: THEIRS });
    }
    assert.deepEqual(parseScopeList([MARKER]), { scopes: [], client: THEIRS });
  });

  it('is not needed: the scopes are as they were', () => {
    assert.deepEqual(parseScopeList(['b', 'a', 'b']), { scopes: ['b', 'a'], client: undefined });
  });

  for (const malformed of [
    'VSCODE_CLIENT_ID',
    'VSCODE_CLIENT_ID:',
    `VSCODE_CLIENT_ID:${ID.slice(1)}`,
    `VSCODE_CLIENT_ID:${ID}0`,
    `VSCODE_CLIENT_ID:${ID.toUpperCase()}`,
    `VSCODE_CLIENT_ID: ${ID}`,
    `VSCODE_CLIENT_ID:${ID}&scope=x`,
    `vscode_client_id:${ID}`,
    `VSCODE_CLIENT_ID=${ID}`,
    `a,VSCODE_CLIENT_ID:${ID}`,
    `"VSCODE_CLIENT_ID:${ID}"`,
    `VSCODE-CLIENT-ID:${ID}`,
  ]) {
    it(`is refused as ${malformed}, and what is right is said`, () => {
      const expected = { name: 'ClientIdMarkerError', message: /VSCODE_CLIENT_ID: and 32 digits/ };
      assert.throws(() => parseScopeList(['a', malformed]), expected);
    });
  }

  it('is refused where there are two', () => {
    const other = MARKER.replaceAll('0', '1');
    assert.throws(() => parseScopeList([MARKER, 'a', other]), ClientIdMarkerError);
  });

  it('stands among the scopes of a session that was made with it, and of no other', () => {
    const session = sampleSession({ client: ownClient(ID), scopes: ['a'] });
    assert.deepEqual(scopeListOf({ ...session, client: THEIRS }), ['a', MARKER]);
    assert.deepEqual(scopeListOf(session), ['a']);
  });
});
