import { spawn } from 'node:child_process';
import { ConnectionError } from '../errors.ts';

/**
 * Opens `url` in the user's browser. Resolves when the system's command has ended, which with some
 * browsers is when the browser ends.
 * @throws ConnectionError when the system has no command that opens one, or it reports a failure.
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
      // What rundll32 exits with means nothing.
      if (status === 0 || process.platform === 'win32') resolve();
      else fail(new Error(`${command} ended with exit status ${status}`));
    });
    child.unref();
  });
}

/** No shell in between: `&` in the URL would end a command there. */
function opener(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
