import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const page = path.resolve(import.meta.dirname, '../../docs/complaints.md');

describe('docs/complaints.md', () => {
  it('names only tests that exist', async () => {
    const text = await readFile(page, 'utf8');
    const named = [...text.matchAll(/\]\((\S+\.test\.ts)\): “([^”]+)”/g)];
    assert.ok(named.length > 40);
    for (const [, file = '', name = ''] of named) {
      const tests = await readFile(path.join(path.dirname(page), file), 'utf8');
      assert.ok(tests.includes(name), `${file} has no test “${name}”`);
    }
    assert.equal(
      named.length,
      text.split('.test.ts): ').length - 1,
      'some quotes have another form',
    );
  });
});
