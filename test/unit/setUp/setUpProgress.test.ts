import assert from 'node:assert/strict';
import { SetUpProgress } from '../../../src/setUp/setUpProgress.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

describe('the progress of an unfinished set-up', () => {
  it('is known to the next window until the set-up is done', () => {
    const memory = new FakeMemento();
    assert.equal(new SetUpProgress(memory).get(), undefined);
    new SetUpProgress(memory).set({ step: 'clientId', typed: '0123' });
    assert.deepEqual(new SetUpProgress(memory).get(), { step: 'clientId', typed: '0123' });
    new SetUpProgress(memory).clear();
    assert.equal(new SetUpProgress(memory).get(), undefined);
  });

  for (const kept of [null, 'clientId', {}, { step: 'toString' }, { step: 2, typed: '0123' }]) {
    it(`is undefined if the stored value is ${JSON.stringify(kept)}`, async () => {
      const memory = new FakeMemento();
      await memory.update('setUp', kept);
      assert.equal(new SetUpProgress(memory).get(), undefined);
    });
  }

  it('keeps the step, but not the typed text, if that is no string', async () => {
    const memory = new FakeMemento();
    await memory.update('setUp', { step: 'redirectUris', typed: 7 });
    assert.deepEqual(new SetUpProgress(memory).get(), { step: 'redirectUris', typed: '' });
  });

  it('is lost without an error if it cannot be stored', async () => {
    const memory = new FakeMemento();
    memory.update = () => Promise.reject(new Error('The disk is full.'));
    new SetUpProgress(memory).set({ step: 'app', typed: '' });
    await new Promise((resolve) => setImmediate(resolve));
  });
});
