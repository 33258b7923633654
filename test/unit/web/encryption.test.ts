import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newKey, encrypt, type Encrypted, decrypt } from '../../../src/web/encryption.ts';

describe('a seal', () => {
  const key = newKey();

  it('is opened with its key, whatever is under it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        assert.equal(await decrypt(await encrypt(text, key), key), text);
      }),
    );
  });

  it('is opened with no other key, and by nothing that is no key', async () => {
    const sealed = await encrypt('a secret', key);
    for (const other of [newKey(), '', 'no key', btoa('too short')]) {
      await assert.rejects(decrypt(sealed, other));
    }
  });

  it('is broken by every change of a bit', async () => {
    const sealed = await encrypt('a', key);
    const { nonce, content } = sealed;
    for (const part of [nonce, new Uint8Array(content)]) {
      for (const [i, byte] of part.entries()) {
        part[i] = byte ^ 1;
        await assert.rejects(decrypt(sealed, key), { name: 'OperationError' });
        part[i] = byte;
      }
    }
    assert.equal(await decrypt(sealed, key), 'a');
  });

  it('looks different each time, so that nobody sees that the same was said again', async () => {
    const seals = await Promise.all(Array.from({ length: 100 }, () => encrypt('a secret', key)));
    const hex = (bytes: Uint8Array | ArrayBuffer) =>
      Buffer.from(bytes as Uint8Array).toString('hex');
    for (const part of ['nonce', 'content'] as const satisfies (keyof Encrypted)[]) {
      assert.equal(new Set(seals.map((sealed) => hex(sealed[part]))).size, 100);
    }
  });

  it('has keys of 256 bits that nobody can guess', () => {
    const keys = Array.from({ length: 100 }, newKey);
    assert.equal(new Set(keys).size, 100);
    for (const one of keys) assert.equal(Buffer.from(one, 'base64').length, 32);
  });
});
