import type { FlowQuery } from '../../../src/flows/chooseFlow.ts';

/** A desktop editor with its extensions beside it, and nothing in its settings. */
export const desktop: FlowQuery = {
  host: 'local',
  ui: 'desktop',
  uriScheme: 'vscode',
  isPortable: false,
  pageHost: undefined,
  redirectUri: undefined,
  signInFlow: 'auto',
};
