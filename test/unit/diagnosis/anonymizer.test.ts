import assert from 'node:assert/strict';
import { anonymizer } from '../../../src/diagnosis/anonymizer.ts';

describe('what others have written', () => {
  const clean = anonymizer([
    '/home/alva',
    'alva',
    'C:\\Users\\alva',
    'Alva (Lind)',
    'x',
    undefined,
  ]);

  it('loses names, however they are written, and secrets', () => {
    for (const [text, expected] of [
      [
        "ENOENT: no such file, open '/home/alva/.config/x'",
        "ENOENT: no such file, open '***/.config/x'",
      ],
      ['open C:\\Users\\alva\\AppData', 'open ***\\AppData'],
      ['file:///home%2Falva/x for alva.', 'file:///home%2F***/x for ***.'],
      ['Alva (Lind) and Alva%20(Lind)', '*** and ***'],
      [`alva has BQ${'x'.repeat(100)}`, '*** has ***'],
    ] as const) {
      assert.equal(clean(text), expected);
    }
  });

  it('keeps words in which a name only happens to be, and names too short to tell', () => {
    assert.equal(clean('Salvador x alvarez'), 'Salvador x alvarez');
    assert.equal(anonymizer([])('as it is'), 'as it is');
  });
});
