import { spawn } from 'node:child_process';
import { ConnectionError } from './errors.ts';

/**
 * Opens `url` in the user's browser, as far as the system can tell.
 * @throws ConnectionError when the system has no command that opens one.
 */
export function openBrowser(url: string): Promise<void> {
  const [command, args] = opener(url);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', (cause) => {
      reject(new ConnectionError('No browser can be opened on this machine.', cause, false));
    });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** No shell in between: `&` in the URL would end a command there. */
function opener(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
