import { spawn } from 'node:child_process';
import { ConnectionError } from '../errors.ts';

/**
 * Opens `url` in the user's browser. Resolves when the system's command has ended; with some browsers
 * that is when the browser is closed.
 * @throws ConnectionError when the system has no such command, or the command fails.
 */
export function openBrowser(url: string): Promise<void> {
  const [command, args] = opener(url);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    const fail = (cause: Error) => {
      reject(new ConnectionError('No browser can be opened on this machine.', cause, false));
    };
    child.once('error', fail);
    child.once('exit', (status) => {
      // The exit status of rundll32 has no meaning.
      if (status === 0 || process.platform === 'win32') resolve();
      else fail(new Error(`${command} ended with exit status ${status}`));
    });
    child.unref();
  });
}

/** Returns the command, to be run without a shell: for a shell, `&` in the URL ends the command. */
function opener(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
