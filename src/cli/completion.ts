import type { Command, Option } from 'commander';
import { SPOTIFY_SCOPES } from '../auth/spotifyScopes.ts';
import { CommandError, EXIT } from './failure.ts';

const SHELLS: Record<string, (program: Command) => string> = { bash, zsh, fish };
/** The options whose values are files. */
const FILES = '--cache|--input';

/**
 * Returns a script that completes commands, options, scopes and files.
 * @throws CommandError for another shell.
 */
export function completionScript(shell: string, program: Command): string {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (script) return script(program);
  const message = `There is no completion for ${shell}.`;
  throw new CommandError(message, EXIT.usage, 'Choose bash, zsh or fish.');
}

function bash(program: Command): string {
  return `# Load it with: source <(spotify-auth completion bash)
_spotify_auth() {
  local current=\${COMP_WORDS[COMP_CWORD]} words='${names(program)}'
  case \${COMP_WORDS[COMP_CWORD-1]} in
    ${FILES}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --scope) words='${SPOTIFY_SCOPES.join(' ')}' ;;
    *) [ "$COMP_CWORD" -gt 1 ] && case \${COMP_WORDS[1]} in
${cases(program, (words) => `words='${words}'`)}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _spotify_auth spotify-auth`;
}

function zsh(program: Command): string {
  return `#compdef spotify-auth
# Load it with: source <(spotify-auth completion zsh)
_spotify_auth() {
  case $words[CURRENT-1] in
    ${FILES}) _files; return ;;
    --scope) compadd -- ${SPOTIFY_SCOPES.join(' ')}; return ;;
  esac
  if (( CURRENT == 2 )); then compadd -- ${names(program)}; return; fi
  case $words[2] in
${cases(program, (words) => `compadd -- ${words}`)}
  esac
}
compdef _spotify_auth spotify-auth`;
}

function fish(program: Command): string {
  const lines = program.commands.flatMap((command) => [
    `${FISH} -n __fish_use_subcommand -a ${command.name()} -d ${quoted(command.description())}`,
    ...command.options.map((option) => fishOption(command, option)),
  ]);
  return [
    '# Load it with: spotify-auth completion fish | source',
    `${FISH} -f`,
    ...lines,
    `${FISH} -n '__fish_seen_subcommand_from completion' -a '${Object.keys(SHELLS).join(' ')}'`,
  ].join('\n');
}

const FISH = 'complete -c spotify-auth';

function fishOption(command: Command, { short, long = '', required, description }: Option): string {
  const words = [FISH, '-n', `'__fish_seen_subcommand_from ${command.name()}'`];
  if (short) words.push('-s', short.slice(1));
  words.push('-l', long.slice(2));
  if (long === '--scope') words.push('-x', '-a', `'${SPOTIFY_SCOPES.join(' ')}'`);
  else if (FILES.split('|').includes(long)) words.push('-r', '-F');
  else if (required) words.push('-x');
  return [...words, '-d', quoted(description)].join(' ');
}

/** Returns a branch of a shell's `case` for each command, with what its words do. */
function cases(program: Command, act: (words: string) => string): string {
  return program.commands
    .map((command) => `      ${command.name()}) ${act(wordsOf(command))} ;;`)
    .join('\n');
}

/** Returns what may follow a command. */
function wordsOf(command: Command): string {
  if (command.name() === 'completion') return Object.keys(SHELLS).join(' ');
  return [...command.options.map(({ long }) => long), '--help'].join(' ');
}

const names = (program: Command) => program.commands.map((command) => command.name()).join(' ');
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`\'`)}'`;
