/** What a terminal of VS Code or a CI job would make an editor take. */
const ofTheTerminal = /^(VSCODE_.*|ELECTRON_RUN_AS_NODE|PORT|PASSWORD|GITHUB_TOKEN)$/i;
/** What people set for programs that use Spotify, or for their network: tests bring their own. */
const ofThePerson = /^(SPOTIFY_SDK_.*|(https?|no|all)_proxy)$/i;
/** What of it the real Spotify is used with. */
const forRealSpotify = /^(SPOTIFY_SDK_CLIENT_ID|(https?|no|all)_proxy)$/i;

/** Our environment without what would change how an editor or a test behaves. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return variables((name) => !isForeign(name));
}

/** The same as a change to an environment that is inherited: what is to go is undefined. */
export function foreignRemoved(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter(isForeign);
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** The person's client ID and network, for an editor that is to sign in to the real Spotify. */
export function personalEnvironment(): NodeJS.ProcessEnv {
  return variables((name) => forRealSpotify.test(name));
}

function isForeign(name: string): boolean {
  return ofTheTerminal.test(name) || ofThePerson.test(name);
}

function variables(wanted: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted(name)));
}
