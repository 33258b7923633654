import type { FlowQuery } from '../../../src/flows/chooseFlow.ts';

/** A local desktop editor with the default settings. */
export const desktop: FlowQuery = {
  host: 'local',
  ui: 'desktop',
  uriScheme: 'vscode',
  isPortable: false,
  pageHost: undefined,
  redirectUri: undefined,
  signInFlow: 'auto',
};
