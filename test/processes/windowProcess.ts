/** A window of the editor as a process of its own: answers `{ calls }` with what the calls brought. */
import path from 'node:path';
import { Window } from '../unit/sessions/fakeWindow.ts';
import { sharedSecrets } from './sharedSecrets.ts';

const [folder = '', accountsUrl = ''] = process.argv.slice(2);
const secrets = await sharedSecrets(path.join(folder, 'secrets'));
const window = new Window({
  secrets,
  folder: path.join(folder, 'sessions'),
  accountsUrl,
  // So that the test can tell who was answered.
  fetch: (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('X-Window', String(process.pid));
    return fetch(url, { ...init, headers });
  },
});

process.on('message', ({ calls }: { calls: number }) => void answer(calls));
process.send?.('ready');

async function answer(calls: number): Promise<void> {
  // The token expires by a write of the test's; time would not have to be heard of.
  await window.store.reread('first');
  const asked = Array.from({ length: calls }, () =>
    window.accessToken('first').then(
      (token) => token ?? 'no session',
      (error: unknown) => String(error),
    ),
  );
  process.send?.(await Promise.all(asked));
}
