import assert from 'node:assert/strict';
import { type Client, ownClient } from '../../../src/common/client.ts';
import {
  parseScopeList,
  ClientIdMarkerError,
  scopeListOf,
} from '../../../src/provider/scopeLists.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

const ID = '0123456789abcdef'.repeat(2);
const NAMED_CLIENT: Client = { id: ID, source: 'extension' };
const NAMED_ID = `VSCODE_CLIENT_ID:${ID}`;

describe('the client ID among the scopes', () => {
  it('is separated from the scopes, at any position and however often it is repeated', () => {
    for (const list of [
      [NAMED_ID, 'a', 'b'],
      ['a', 'b', NAMED_ID],
      [`a ${NAMED_ID} b`, NAMED_ID],
    ]) {
      assert.deepEqual(parseScopeList(list), { scopes: ['a', 'b'], client: NAMED_CLIENT });
    }
    assert.deepEqual(parseScopeList([NAMED_ID]), { scopes: [], client: NAMED_CLIENT });
  });

  it('is optional: without it the scopes are unchanged', () => {
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
    it(`is refused as ${malformed}, with an error that names the right form`, () => {
      const expected = { name: 'ClientIdMarkerError', message: /VSCODE_CLIENT_ID: and 32 digits/ };
      assert.throws(() => parseScopeList(['a', malformed]), expected);
    });
  }

  it('is refused if there are two different ones', () => {
    const other = NAMED_ID.replaceAll('0', '1');
    assert.throws(() => parseScopeList([NAMED_ID, 'a', other]), ClientIdMarkerError);
  });

  it('is among the scopes of a session that was created with it, and of no other', () => {
    const session = sampleSession({ client: ownClient(ID), scopes: ['a'] });
    assert.deepEqual(scopeListOf({ ...session, client: NAMED_CLIENT }), ['a', NAMED_ID]);
    assert.deepEqual(scopeListOf(session), ['a']);
  });
});
