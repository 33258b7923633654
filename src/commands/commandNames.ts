/** What the palette offers, and what other extensions may run. */
export const COMMAND_NAMES = [
  'copyRedirectUri',
  'setUpClientId',
  'signIn',
  'signOut',
  'showAccounts',
  'refreshAccessToken',
  'copyAccessToken',
  'getAppAccessToken',
  'showLog',
  'diagnose',
  'copySignInLink',
  'pasteAddress',
  'pageSays',
  'tryAnotherWay',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
