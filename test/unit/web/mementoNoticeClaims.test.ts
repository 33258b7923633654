import assert from 'node:assert/strict';
import { MementoNoticeClaims } from '../../../src/web/mementoNoticeClaims.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

describe('MementoNoticeClaims', () => {
  let memory: FakeMemento;

  beforeEach(() => (memory = new FakeMemento()));

  it('has one first among all calls of a tab', async () => {
    const claims = new MementoNoticeClaims(memory);
    const answers = await Promise.all(Array.from({ length: 10 }, () => claims.claim('ended')));
    assert.deepEqual(answers, [true, ...Array<boolean>(9).fill(false)]);
  });

  it('remembers after a reload', async () => {
    assert.ok(await new MementoNoticeClaims(memory).claim('ended'));
    assert.ok(!(await new MementoNoticeClaims(memory).claim('ended')));
  });

  it('keeps one name from another, and from whatever else is remembered', async () => {
    await memory.update('ended', 'by somebody else');
    const claims = new MementoNoticeClaims(memory);
    for (const name of ['ended', 'ended soon', '']) assert.ok(await claims.claim(name), name);
    assert.equal(memory.get('ended'), 'by somebody else');
  });

  it('has a first again when it is told to', async () => {
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

  it('says it twice rather than never where it cannot be remembered', async () => {
    memory.update = () => Promise.reject(new Error('the storage is full'));
    for (let loads = 0; loads < 2; loads++) {
      assert.ok(await new MementoNoticeClaims(memory).claim('ended'));
    }
  });
});
