/**
 * The folders of `src`, from the bottom floor to the top. A file imports from floors below or from
 * its own folder: see “Layout” in CONTRIBUTING. `src/adapters` is on none of the floors.
 */
export const floors: readonly (readonly string[])[] = [
  ['./src/auth'],
  ['./src/common', './src/cli'],
  ['./src/messages', './src/sessions'],
  ['./src/flows'],
  ['./src/setUp', './src/diagnosis'],
  ['./src/signIn'],
  ['./src/provider', './src/appTokens'],
  ['./src/commands'],
  ['./src/window'],
  ['./src/node', './src/web'],
  ['./src/extension.ts', './src/extension.web.ts'],
];
