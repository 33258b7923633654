import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConnectionError } from '../errors.ts';

/** A command with its arguments. */
type Command = readonly [string, ...string[]];

/**
 * Opens `url` in the user's browser by the commands of `$BROWSER`, one after the other until one
 * succeeds, then as the npm package `open` does. Resolves when the command has ended; with some
 * browsers that is when the browser is closed. An abort of `signal` means that no further command is run.
 * @throws ConnectionError when no command succeeds, or `$BROWSER` is `none`.
 */
export async function openBrowser(url: string, signal: AbortSignal): Promise<void> {
  const browser = process.env['BROWSER'] ?? '';
  const errors: unknown[] = [];
  const ways: (() => ChildProcess | Promise<ChildProcess>)[] = browserCommands(browser, url).map(
    (command) => () => start(command),
  );
  // "none" is the value by which development servers open no browser.
  if (browser.trim() !== 'none') ways.push(() => startSystemBrowser(url));
  for (const way of ways) {
    if (signal.aborted) return;
    try {
      await success(await way());
      return;
    } catch (error) {
      errors.push(error);
    }
  }
  const cause = new AggregateError(errors);
  throw new ConnectionError('No browser can be opened on this machine.', cause, false);
}

/**
 * Whether the user most likely does not see a browser that this process opens: over SSH, or on Linux
 * without a display. `$BROWSER` may know a way on the latter.
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
    if (entry === '' || entry === 'none') return [];
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

/** Starts a command without a shell: for a shell, `&` in the URL ends the command. */
function start([command, ...args]: Command): ChildProcess {
  const options = { stdio: 'ignore', detached: true, windowsHide: true } as const;
  if (process.platform !== 'win32' || !/\.(cmd|bat)$/i.test(command)) {
    return spawn(command, args, options);
  }
  // Windows runs batch files by a shell only. `URL` has encoded any quotation mark in the URL.
  const line = [command, ...args].map((word) => `"${word}"`).join(' ');
  return spawn(line, { ...options, shell: true });
}

/** Loads `open` on first need: few programs open a browser. */
async function startSystemBrowser(url: string): Promise<ChildProcess> {
  const { default: open } = await import('open');
  return open(url);
}

/** Resolves when the process has ended with exit status 0. Lets this program end before. */
function success(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (status: number | null) => {
      if (status === 0) resolve();
      else reject(new Error(`${child.spawnfile} ended with exit status ${status ?? 'unknown'}`));
    };
    child.once('error', reject);
    if (child.exitCode === null) child.once('exit', settle);
    else settle(child.exitCode);
    child.unref();
  });
}
