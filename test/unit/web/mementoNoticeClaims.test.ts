import assert from 'node:assert/strict';
import { MementoNoticeClaims } from '../../../src/web/mementoNoticeClaims.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

describe('MementoNoticeClaims', () => {
  let memory: FakeMemento;

  beforeEach(() => (memory = new FakeMemento()));

  it('gives a claim to one call of a tab', async () => {
    const claims = new MementoNoticeClaims(memory);
    const answers = await Promise.all(Array.from({ length: 10 }, () => claims.claim('ended')));
    assert.deepEqual(answers, [true, ...Array<boolean>(9).fill(false)]);
  });

  it('remembers a claim after a reload', async () => {
    assert.ok(await new MementoNoticeClaims(memory).claim('ended'));
    assert.ok(!(await new MementoNoticeClaims(memory).claim('ended')));
  });

  it('tells names apart, also from other keys of globalState', async () => {
    await memory.update('ended', 'of another object');
    const claims = new MementoNoticeClaims(memory);
    for (const name of ['ended', 'ended soon', '']) assert.ok(await claims.claim(name), name);
    assert.equal(memory.get('ended'), 'of another object');
  });

  it('gives a claim again after it was released', async () => {
    const claims = new MementoNoticeClaims(memory);
    assert.ok(await claims.claim('ended'));
    assert.ok(await claims.claim('ended soon'));
    await claims.release('ended');
    assert.deepEqual(
      [await claims.claim('ended'), await claims.claim('ended soon')],
      [true, false],
    );
    await claims.release('never said');
  });

  it('gives a claim at each load if globalState refuses to keep it', async () => {
    memory.update = () => Promise.reject(new Error('the storage is full'));
    for (let loads = 0; loads < 2; loads++) {
      assert.ok(await new MementoNoticeClaims(memory).claim('ended'));
    }
  });
});
