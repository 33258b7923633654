/**
 * The folders of `src`, from the ground up. A file imports from floors below or from its own folder:
 * see "Layout" in CONTRIBUTING. Beside them stands `src/adapters`, alone.
 */
export const floors: readonly (readonly string[])[] = [
  ['./src/auth'],
  ['./src/common'],
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
