import type { Context, Runnable } from 'mocha';
import { Fixture } from '../editorFixture.ts';
import { closeSharedEditors } from '../sharedEditors.ts';

/** For mocha’s `--require`: closes the editors that the suites share after the last suite. */
export const mochaHooks = {
  beforeEach(this: Context): void {
    if (this.currentTest) describeFailure(this.currentTest);
  },
  afterAll: closeSharedEditors,
};

/** Makes a failing test print what the windows show, before the test’s own hooks close them. */
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
