import assert from 'node:assert/strict';
import { OnceByMemento } from '../../../src/web/mementoNoticeClaims.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

describe('OnceByMemento', () => {
  let memory: FakeMemento;

  beforeEach(() => (memory = new FakeMemento()));

  it('has one first among all calls of a tab', async () => {
    const once = new OnceByMemento(memory);
    const answers = await Promise.all(Array.from({ length: 10 }, () => once.first('ended')));
    assert.deepEqual(answers, [true, ...Array<boolean>(9).fill(false)]);
  });

  it('remembers after a reload', async () => {
    assert.ok(await new OnceByMemento(memory).first('ended'));
    assert.ok(!(await new OnceByMemento(memory).first('ended')));
  });

  it('keeps one name from another, and from whatever else is remembered', async () => {
    await memory.update('ended', 'by somebody else');
    const once = new OnceByMemento(memory);
    for (const name of ['ended', 'ended soon', '']) assert.ok(await once.first(name), name);
    assert.equal(memory.get('ended'), 'by somebody else');
  });

  it('has a first again when it is told to', async () => {
    const once = new OnceByMemento(memory);
    assert.ok(await once.first('ended'));
    assert.ok(await once.first('ended soon'));
    await once.again('ended');
    assert.deepEqual([await once.first('ended'), await once.first('ended soon')], [true, false]);
    await once.again('never said');
  });

  it('says it twice rather than never where it cannot be remembered', async () => {
    memory.update = () => Promise.reject(new Error('the storage is full'));
    for (let loads = 0; loads < 2; loads++) {
      assert.ok(await new OnceByMemento(memory).first('ended'));
    }
  });
});
