import assert from 'node:assert/strict';
import { pastedAnswer, pasteFault } from '../../../src/auth/pastedAddress.ts';

const address = 'http://127.0.0.1:4000/callback?code=AQx-y_z&state=ours';
const first = 'http://127.0.0.1:4000/callback?state=ours&code=AQx';

describe('pastedAnswer', () => {
  for (const text of [
    address,
    ` ${address}\r\n`,
    `<${address}>`,
    `"${address}"`,
    `“${address}”.`,
    `'${address}',`,
    `(${address}).`,
    `[${address}]`,
    `\`${address}\``,
    `${address}.`,
    'http://127.0.0.1:4000/callback?code=AQ\nx-y_z&sta\r\nte=ours',
    '  http://127.0.0.1:4000/callback?code=AQ\n  x-y_z&state=ours',
    `\u200b\ufeff${address.replace('code', 'co\u00adde')}\u2060\u200e`,
    `\u001b[200~${address}\u001b[201~`,
    `\u00a0${address}\u00a0`,
  ]) {
    it(`finds the address in ${JSON.stringify(text)}`, () => {
      assert.equal(pastedAnswer(text, 'ours'), address);
      assert.equal(pasteFault(text, 'ours'), undefined);
    });
  }

  it('does not count a full stop after the address as a part of the code', () => {
    assert.equal(pastedAnswer(`${first}.`, 'ours'), first);
  });

  it('finds the address whose state ends with a full stop', () => {
    assert.equal(pastedAnswer(`${address}.`, 'ours.'), `${address}.`);
    assert.equal(pastedAnswer(`${address}..`, 'ours.'), undefined);
  });

  it('finds a refusal, and a query alone', () => {
    for (const text of ['?error=access_denied&state=ours', 'code=AQx&state=ours']) {
      assert.equal(pastedAnswer(text, 'ours'), text);
    }
  });
});

describe('pasteFault', () => {
  for (const [text, fault] of [
    ['', undefined],
    [' \u200b\n', undefined],
    ['hello', 'incomplete'],
    ['http://127.0.0.1:4000/callback', 'incomplete'],
    ['http://127.0.0.1:4000/callback?code=AQx', 'incomplete'],
    ['http://127.0.0.1:4000/callback?code=AQx&state=ou', 'incomplete'],
    ['http://127.0.0.1:4000/callback?state=ours', 'incomplete'],
    ['http://127.0.0.1:4000/callback?code=AQx&state=theirs', 'otherSignIn'],
    ['https://accounts.spotify.com/authorize?response_type=code&state=ours', 'incomplete'],
  ] as const) {
    it(`is ${String(fault)} for ${JSON.stringify(text)}`, () => {
      assert.equal(pasteFault(text, 'ours'), fault);
      assert.equal(pastedAnswer(text, 'ours'), undefined);
    });
  }
});
