import assert from 'node:assert/strict';
import { accountName, freeLabel } from '../../../src/sessions/accountLabel.ts';

const named = (label: string, profileId = 'alva') => ({
  id: `account-of-${profileId}`,
  profileId,
  label,
});
const name = (label: string) => accountName(named(label));

describe('the name of an account', () => {
  for (const [what, label] of [
    ['a Hangul filler', '\u3164'],
    ['a Hangul choseong filler', '\u115F'],
    ['a halfwidth Hangul filler', '\uFFA0'],
    ['a blank Braille pattern', '\u2800'],
    ['zero-width characters', '\u200B\u200C\u200D\u2060\uFEFF'],
    ['bidirectional controls', '\u202E\u2066\u061C'],
    ['combining marks', '\u0301\u0308'],
    ['a combining mark on a space', ' \u0301 '],
    ['variation selectors and tags', '\uFE0F\u{E0041}'],
    ['control characters', '\u0000\u0007\r\n\t'],
    ['a soft hyphen and a joiner', '\u00AD\u034F'],
    ['a lone surrogate', '\uD800'],
    ['a private use character', '\uE000'],
    ['an empty musical note head', '\u{1D159}'],
    ['unusual spaces', '\u00A0\u3000\u2028\u2003'],
    ['nothing', ''],
  ] as const) {
    it(`is the profile’s id if the display name is only ${what}`, () => {
      assert.equal(name(label), 'alva');
      assert.equal(accountName({ id: 'account', profileId: label, label }), 'account');
      assert.equal(accountName({ id: label, profileId: label, label }), 'Spotify');
    });
  }

  for (const [what, label, seen] of [
    ['line breaks', 'Alva\r\n\u2028Lind', 'Alva Lind'],
    ['bidirectional marks', '\u202EAlva\u202C \u200FLind', 'Alva Lind'],
    ['zero-width characters', 'Al\u200Bva\u2060 Lind', 'Alva Lind'],
    ['fillers', '\u3164Alva\u3164 \u2800Lind', 'Alva Lind'],
    ['an icon of VS Code', '$(verified) Alva', '$ (verified) Alva'],
  ] as const) {
    it(`is what is seen of a name with ${what}`, () => assert.equal(name(label), seen));
  }

  it('keeps letters, marks, symbols and emoji of every script', () => {
    for (const label of ['Åsa Öberg', 'हिन्दी', 'สวัสดี', '李小龍', 'עִבְרִית', '♥ Alva 🎧', '🇸🇪']) {
      assert.equal(name(label), label.normalize('NFC'));
    }
  });

  it('has at most 60 characters, and is not cut again', () => {
    const long = name('🎧'.repeat(1000));
    assert.equal(long, `${'🎧'.repeat(59)}…`);
    assert.equal(name(long), long);
    assert.equal(name('x'.repeat(60)), 'x'.repeat(60));
  });
});

describe('a label', () => {
  const label = (display: string, ...others: string[]) =>
    freeLabel(
      named(display),
      others.map((other, index) => named(other, `other${index}`)),
    );

  it('is the name if no other account has one that looks the same', () => {
    assert.equal(label('Alva', 'Bo', 'Alva Lind'), 'Alva');
  });

  for (const [what, other] of [
    ['the same', 'Alva'],
    ['different by a zero-width character', 'Al\u200Bva'],
    ['different by a filler', 'Alva\u3164'],
    ['in fullwidth letters', 'Ａlva'],
  ] as const) {
    it(`has an id if the label of another account is ${what}`, () => {
      assert.equal(label('Alva', other), 'Alva (alva)');
    });
  }

  it('compares composed and decomposed letters as the same', () => {
    assert.equal(label('A\u030Asa', 'Åsa'), 'Åsa (alva)');
  });

  it('distinguishes long names by the id', () => {
    const long = 'x'.repeat(80);
    const cut = `${'x'.repeat(59)}…`;
    assert.equal(label(long, cut), `${cut} (alva)`);
    assert.equal(label(long, cut, `${cut} (alva)`), `${cut} (account-of-alva)`);
  });

  it('is in quotation marks if VS Code could take its key for another one', () => {
    assert.equal(label('app-01234567…'), '“app-01234567…”');
    assert.equal(label('App-x'), '“App-x”');
    assert.equal(label('\u200Bapp-x'), '“app-x”');
    assert.equal(label('Alva-usages'), '“Alva-usages”');
    assert.equal(label('Alva-mcpserver-usages'), '“Alva-mcpserver-usages”');
    assert.equal(label('app'), 'app');
    assert.equal(label('happy app-x'), 'happy app-x');
  });
});
