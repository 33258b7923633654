import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainText } from '../../../src/messages/plainText.ts';

/** As in `parseLinkedText` of VS Code, but with any scheme. */
const LINK = /\[([^\]]+)\]\(([^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /\$\([\w-]+(~[\w-]+)?\)/;

describe('a text from outside in a message', () => {
  for (const [what, foreign, shown] of [
    ['a link to a command', '[Me](command:a.b)', '[Me] (command:a.b)'],
    ['a link with a title', '[Me](https://x.example "Hi")', '[Me] (https://x.example "Hi")'],
    ['an icon', '$(verified) Me', '$ (verified) Me'],
    ['several lines', 'Me\r\n\r\nVS Code:\u2028go on', 'Me VS Code: go on'],
    ['a change of the text direction', 'Me \u202egro.live', 'Me gro.live'],
    [
      'a name with brackets and emoji',
      'Noor [DJ] Haddad (née $ign) 🎧',
      'Noor [DJ] Haddad (née $ign) 🎧',
    ],
    ['a URI', 'http://[::1]:8914/callback', 'http://[::1]:8914/callback'],
  ] as const) {
    it(`is shown as plain text if it is ${what}`, () => {
      assert.equal(plainText(foreign), shown);
    });
  }

  it('never becomes a link, an icon or a second line', () => {
    const part = fc.constantFrom('[', ']', '(', ')', '$', 'a', 'a:', ' ', '\n', '\u202e');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = `You are ${plainText(parts.join(''))}. Do it again.`;
        assert.doesNotMatch(text, LINK);
        assert.doesNotMatch(text, ICON);
        assert.doesNotMatch(text, /[\n\u202e]/);
      }),
      { numRuns: 2000 },
    );
  });
});
