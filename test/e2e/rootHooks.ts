import { closeSharedEditors } from '../sharedEditors.ts';

/** For mocha's `--require`: what the suites share ends with the last of them. */
export const mochaHooks = { afterAll: closeSharedEditors };
