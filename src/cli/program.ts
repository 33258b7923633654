import { Command } from 'commander';
import type { LoginOptions } from './login.ts';
import { print } from './output.ts';

/** The version of the package, which the build fills in. */
declare const VERSION: string;

/** What stands below the options of a command. */
const HELP: Record<string, string> = {
  login: `
Keeps the scopes of an earlier sign-in. Leads you to a client ID if needed.

Example:
  spotify-auth login --scope user-top-read --scope playlist-read-private`,
  token: `
The token is valid for at least a minute. Exit code 4: run spotify-auth login.

Example:
  token=$(spotify-auth token) && printf 'Authorization: Bearer %s' "$token" |
    curl -H @- https://api.spotify.com/v1/me`,
  status: `
Example:
  spotify-auth status --json`,
  logout: `
Example:
  spotify-auth logout`,
  'app-token': `
It reads the catalogue, and no user's data. The client secret comes from
SPOTIFY_SDK_CLIENT_SECRET, or from a hidden prompt.

Example:
  spotify-auth app-token --client-id 5b7ad1e0c4f94a62b83e0d9f6c1a2e74`,
  api: `
The path is that of https://developer.spotify.com/documentation/web-api, without
/v1. Fields and a file make a POST request. A GET request has them in its query.

Example:
  spotify-auth api -X GET search -f q=gymnopedie -f type=track`,
  completion: `
Example:
  source <(spotify-auth completion bash)`,
};

/**
 * Returns the program. Each command is loaded when it runs.
 * @param signal An abort interrupts a command.
 */
export function createProgram(signal: AbortSignal): Command {
  const program = new Command('spotify-auth')
    .description('Gets access tokens for Spotify, for scripts in any language.')
    .version(VERSION)
    .exitOverride()
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Example:
  spotify-auth login --scope user-top-read
  spotify-auth api me/top/tracks

Exit codes: 0 success, 1 failure, 2 wrong usage, 4 sign in first, 5 try later.`,
    );
  addUserCommands(program, signal);
  addAppCommands(program, signal);
  for (const command of program.commands) command.addHelpText('after', HELP[command.name()] ?? '');
  return program;
}

function addUserCommands(program: Command, signal: AbortSignal): void {
  const login = program
    .command('login')
    .description('Sign in to Spotify in the browser.')
    .option('--scope <scope>', 'scopes to ask for; may be repeated', collect)
    .option('--redirect-uri <uri>', 'a loopback redirect URI of your app')
    .option('--no-browser', 'print the address instead, and take a pasted answer')
    .option('--show-dialog', 'show Spotify’s page also if you have agreed earlier')
    .action(async (options: LoginOptions) => (await import('./login.ts')).login(options, signal));
  const token = program
    .command('token')
    .description('Print an access token of the user.')
    .option('--scope <scope>', 'scopes that the token must have; may be repeated', collect)
    .option('--renew', 'get a new token, though the old one is valid')
    .action(async (options: object) => (await import('./token.ts')).token(options, signal));
  const api = program
    .command('api')
    .description('Send a request to the Web API as the user.')
    .argument('<path>', 'such as me/top/tracks')
    .option('-X, --method <method>', 'GET, PUT, POST or DELETE')
    .option(
      '-f, --field <name=value>',
      'a field of the query or the body; may be repeated',
      collect,
    )
    .option('--input <file>', 'the body; - for standard input')
    .option('--paginate', 'get all pages')
    .option('--scope <scope>', 'scopes that the request needs; may be repeated', collect)
    .action(async (path: string, options: object) =>
      (await import('./api.ts')).api(path, options, signal),
    );
  const status = program
    .command('status')
    .description('Show who is signed in, and until when.')
    .option('--json', 'print JSON')
    .action(async (options: object) => (await import('./status.ts')).status(options, signal));
  const logout = program
    .command('logout')
    .description('Forget the tokens, and a kept client secret.')
    .action(async (options: object) => (await import('./logout.ts')).logout(options, signal));
  for (const command of [login, token, api, status, logout]) addSharedOptions(command);
}

function addAppCommands(program: Command, signal: AbortSignal): void {
  const appToken = program
    .command('app-token')
    .description('Print an access token of the app itself.')
    .option('--keep-secret', 'keep the client secret in a file of yours')
    .action(async (options: object) => (await import('./appToken.ts')).appToken(options, signal));
  addSharedOptions(appToken);
  program
    .command('completion')
    .description('Print a script that completes commands in your shell.')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell: string) =>
      print((await import('./completion.ts')).completionScript(shell, program)),
    );
}

/** Adds the options that every command with a token has. */
function addSharedOptions(command: Command): void {
  command
    .option('--cache <file>', 'the token file; by default one for each client ID')
    .option('--client-id <id>', 'the client ID; by default that of the last sign-in')
    .option('--debug', 'show the causes of an error');
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
