import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainText } from '../../../src/messages/plainText.ts';

/** `parseLinkedText` of VS Code, without the schemes that it asks for. */
const LINK = /\[([^\]]+)\]\(([^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /\$\([\w-]+(~[\w-]+)?\)/;

describe('a foreign text in a message', () => {
  for (const [what, foreign, shown] of [
    ['a link to a command', '[Me](command:a.b)', '[Me] (command:a.b)'],
    ['a link with a title', '[Me](https://x.example "Hi")', '[Me] (https://x.example "Hi")'],
    ['an icon', '$(verified) Me', '$ (verified) Me'],
    ['several lines', 'Me\r\n\r\nVS Code:\u2028go on', 'Me VS Code: go on'],
    ['a turned direction', 'Me \u202egro.live', 'Me gro.live'],
    ['a name as names are', 'Noor [DJ] Haddad (née $ign) 🎧', 'Noor [DJ] Haddad (née $ign) 🎧'],
    ['an address', 'http://[::1]:8914/callback', 'http://[::1]:8914/callback'],
  ] as const) {
    it(`is shown as it is, and no more, where it is ${what}`, () => {
      assert.equal(plainText(foreign), shown);
    });
  }

  it('never makes a link, an icon or a line of its own', () => {
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
