import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A command with its arguments. */
type Command = readonly [string, ...string[]];

/**
 * Opens `url` in the user's browser by the commands of `$BROWSER`, one after the other until one
 * succeeds, then as the npm package `open` does. If `$BROWSER` is `none`, as some development servers
 * have it, opens nothing. Runs no further command once `signal` has aborted.
 * @returns Whether a command has succeeded. Some browsers run until the user closes them, and the
 * promise is pending until then.
 */
export async function openBrowser(url: string, signal: AbortSignal): Promise<boolean> {
  const { BROWSER = '' } = process.env;
  if (isBrowserOff()) return false;
  const commands = browserCommands(BROWSER, url).map((command) => async () => start(command));
  for (const run of [...commands, () => startSystemBrowser(url)]) {
    if (signal.aborted) return false;
    if (await run().catch(() => false)) return true;
  }
  return false;
}

/** Whether `$BROWSER` says that no browser is to be opened. */
export function isBrowserOff(): boolean {
  return process.env['BROWSER'] === 'none';
}

/**
 * Whether the user most likely does not see a browser that this process opens: over SSH, or on Linux
 * without a display, unless `$BROWSER` is set or the process runs in WSL.
 */
export function isHeadless(): boolean {
  const { SSH_CONNECTION, SSH_TTY, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME, BROWSER } =
    process.env;
  if (SSH_CONNECTION || SSH_TTY) return true;
  return (
    process.platform === 'linux' && !(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME || BROWSER)
  );
}

/**
 * Reads `$BROWSER`: a list like that of `$PATH`, of commands that may have arguments and quotation
 * marks. `%s` stands for the URL. A command without `%s` gets the URL as its last argument.
 */
function browserCommands(value: string, url: string): Command[] {
  const entries = value.split(path.delimiter).map((entry) => entry.trim());
  return entries.flatMap((entry) => {
    if (!entry) return [];
    // The path of a program may contain spaces.
    const [command = entry, ...args] = existsSync(entry) ? [entry] : wordsOf(entry);
    if (!entry.includes('%s')) args.push(url);
    return [[command, ...args.map((word) => word.replaceAll('%s', () => url))] as const];
  });
}

/** Splits a command at its spaces, except at those in quotation marks or behind a backslash. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:\\ |"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/\\( )|"([^"]*)"|'([^']*)'/g, '$1$2$3'));
}

/**
 * Runs a command without a shell: for a shell, `&` in the URL ends the command.
 * @returns Whether it has succeeded.
 * @throws Error of `spawn`, such as for an empty command.
 */
function start([command, ...args]: Command): Promise<boolean> {
  const options = { stdio: 'ignore', detached: true, windowsHide: true } as const;
  if (process.platform !== 'win32' || !/\.(cmd|bat)$/i.test(command)) {
    return hasSucceeded(spawn(command, args, options));
  }
  // Windows runs batch files by a shell only. `URL` has encoded any quotation mark in the URL.
  const line = [command, ...args].map((word) => `"${word}"`).join(' ');
  return hasSucceeded(spawn(line, { ...options, shell: true }));
}

/** Loads `open` on first need: few programs open a browser. */
async function startSystemBrowser(url: string): Promise<boolean> {
  const { default: open } = await import('open');
  return hasSucceeded(await open(url));
}

/** Whether a process ends with exit status 0. The program may end before. */
function hasSucceeded(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (status: number | null) => resolve(status === 0);
    child.once('error', () => settle(null));
    if (child.exitCode === null) child.once('exit', settle);
    else settle(child.exitCode);
    child.unref();
  });
}
