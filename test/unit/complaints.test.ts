import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const docs = path.resolve(import.meta.dirname, '../../docs');

for (const name of ['complaints.md', 'threat-model.md']) {
  describe(`docs/${name}`, () => {
    it('names only tests that exist', async () => {
      const text = await readFile(path.join(docs, name), 'utf8');
      const named = [...text.matchAll(/\]\((\S+\.test\.ts)\):\s“([^”]+)”/g)];
      assert.ok(named.length > 40);
      for (const [, file = '', quoted = ''] of named) {
        const tests = await readFile(path.join(docs, file), 'utf8');
        const test = quoted.replace(/\s+/g, ' ');
        assert.ok(tests.includes(test), `${file} has no test “${test}”`);
      }
      assert.equal(
        named.length,
        text.split('.test.ts)').length - 1,
        'some quotes have another form',
      );
    });

    it('links only to files that exist', async () => {
      const text = await readFile(path.join(docs, name), 'utf8');
      for (const [, file = ''] of text.matchAll(/\]\((?!https:)([^)#]+)/g)) {
        await assert.doesNotReject(readFile(path.join(docs, file)), file);
      }
    });
  });
}
