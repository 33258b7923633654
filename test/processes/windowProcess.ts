/** A window of the editor as a process: it answers a message `{ calls }` with the results of so many calls. */
import path from 'node:path';
import { Window } from '../unit/sessions/fakeWindow.ts';
import { sharedSecrets } from './sharedSecrets.ts';

const [folder = '', accountsUrl = ''] = process.argv.slice(2);
const secrets = await sharedSecrets(path.join(folder, 'secrets'));
const window = new Window({
  secrets,
  folder: path.join(folder, 'sessions'),
  accountsUrl,
  // So that the test can tell which process sent a request.
  fetch: (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('X-Window', String(process.pid));
    return fetch(url, { ...init, headers });
  },
});

process.on('message', ({ calls }: { calls: number }) => void answer(calls));
process.send?.('ready');

async function answer(calls: number): Promise<void> {
  // The test has the token expire by a write, which this window must read first.
  await window.store.reread('first');
  const asked = Array.from({ length: calls }, () =>
    window.accessToken('first').then(
      (token) => token ?? 'no session',
      (error: unknown) => String(error),
    ),
  );
  process.send?.(await Promise.all(asked));
}
