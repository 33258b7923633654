import assert from 'node:assert/strict';
import { labelAt } from '../../../src/common/testServer.ts';
import { freeLabel } from '../../../src/sessions/accountLabel.ts';

const TEST_SERVER = 'http://127.0.0.1:8765';

describe('the label of an account', () => {
  it('names the test server that has issued its tokens', () => {
    assert.equal(labelAt(TEST_SERVER, 'Alva'), 'Alva (test server)');
    assert.equal(labelAt(undefined, 'Alva'), 'Alva');
    const label = labelAt(TEST_SERVER, 'x'.repeat(60));
    const account = { id: 'id', profileId: 'id', label };
    assert.match(freeLabel(account, []), /x \(test server\)$/);
  });

  it('of Spotify never says that it is a test server’s, whatever the user’s name is', () => {
    for (const name of [
      'Alva (test server)',
      'Alva ( Test  SERVER ) x',
      '(test server)',
      '((test server))',
    ]) {
      assert.doesNotMatch(labelAt(undefined, name), /\(\s*test\s+server\s*\)/i);
      assert.match(labelAt(undefined, name), /test\s+server/i);
    }
  });
});
