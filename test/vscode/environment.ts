/** Our environment without what a terminal of VS Code or a CI job would make an editor take. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_.*|ELECTRON_RUN_AS_NODE|PORT|PASSWORD|GITHUB_TOKEN)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
