import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  newKey,
  encrypt,
  type Encrypted,
  decrypt,
  hiddenName,
} from '../../../src/web/encryption.ts';

describe('an encrypted text', () => {
  const key = newKey();

  it('is decrypted with its key, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        assert.equal(await decrypt(await encrypt(text, key), key), text);
      }),
    );
  });

  it('is not decrypted with another key, or with a text that is no key', async () => {
    const encrypted = await encrypt('a secret', key);
    for (const other of [newKey(), '', 'no key', btoa('too short')]) {
      await assert.rejects(decrypt(encrypted, other));
    }
  });

  it('is not decrypted after a change of any bit', async () => {
    const encrypted = await encrypt('a', key);
    const { nonce, content } = encrypted;
    for (const part of [nonce, new Uint8Array(content)]) {
      for (const [i, byte] of part.entries()) {
        part[i] = byte ^ 1;
        await assert.rejects(decrypt(encrypted, key), { name: 'OperationError' });
        part[i] = byte;
      }
    }
    assert.equal(await decrypt(encrypted, key), 'a');
  });

  it('looks different each time, so that equal texts cannot be recognized', async () => {
    const texts = await Promise.all(Array.from({ length: 100 }, () => encrypt('a secret', key)));
    const hex = (bytes: Uint8Array | ArrayBuffer) =>
      Buffer.from(bytes as Uint8Array).toString('hex');
    for (const part of ['nonce', 'content'] as const satisfies (keyof Encrypted)[]) {
      assert.equal(new Set(texts.map((text) => hex(text[part]))).size, 100);
    }
  });

  it('has a random key of 256 bits', () => {
    const keys = Array.from({ length: 100 }, newKey);
    assert.equal(new Set(keys).size, 100);
    for (const one of keys) assert.equal(Buffer.from(one, 'base64').length, 32);
  });
});

describe('a hidden name', () => {
  it('is the same for the same text and key, and for no other', async () => {
    const [key, other] = [newKey(), newKey()];
    const names = await Promise.all([
      ...[hiddenName('a', key), hiddenName('b', key), hiddenName('a', other)],
      hiddenName('a', key),
    ]);
    assert.equal(names[0], names[3]);
    assert.equal(new Set(names).size, 3);
    for (const name of names) assert.equal(Buffer.from(name, 'base64').length, 32);
  });
});
