import type { Context, Runnable } from 'mocha';
import { Fixture } from '../editorFixture.ts';
import { closeSharedEditors } from '../sharedEditors.ts';

/** For mocha's `--require`. What the suites share ends with the last of them. */
export const mochaHooks = {
  beforeEach(this: Context): void {
    if (this.currentTest) describeFailure(this.currentTest);
  },
  afterAll: closeSharedEditors,
};

/** A failure tells what the windows showed, before the test's own hooks close them. */
function describeFailure(test: Runnable): void {
  const run = test.fn;
  if (!run || run.length > 0) return;
  test.fn = async function (this: Context) {
    try {
      await (run as (this: Context) => Promise<void>).call(this);
    } catch (error) {
      console.log(await Fixture.describeOpen(test.title));
      throw error;
    }
  };
}
