/** A window of the editor as a process, which answers each `WindowRequest`. */
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { FileRefreshLock } from '../../src/node/fileRefreshLock.ts';
import type { RefreshLock } from '../../src/sessions/acrossWindows.ts';
import { Window } from '../unit/sessions/fakeWindow.ts';
import { until } from '../unit/sessions/until.ts';
import { MachineClock } from './machineClock.ts';
import { sharedSecrets } from './sharedSecrets.ts';
import type { WindowMessage, WindowRequest } from './windowRequest.ts';

const [folder = '', accountsUrl = ''] = process.argv.slice(2);
const clock = new MachineClock();
clock.install();
let refusesWrites = false;
let refreshes = 0;
const sessions = path.join(folder, 'sessions');
const window = new Window({
  secrets: refusing(await sharedSecrets(path.join(folder, 'secrets'))),
  folder: sessions,
  lock: counting(new FileRefreshLock(sessions)),
  accountsUrl,
  // So that the test can tell which process sent a request.
  fetch: (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('X-Window', String(process.pid));
    return fetch(url, { ...init, headers });
  },
});
// The provider does this in a real window.
window.store.watch({
  changed: ({ removed }) => removed.forEach(({ id }) => window.refresher.forget(id)),
});

process.on('unhandledRejection', (reason) => {
  send({ kind: 'unhandled', reason: reason instanceof Error ? `${reason.stack}` : String(reason) });
});
// The window ends with its test. Ctrl+C does not end it before.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);
process.on('message', ({ number, ...request }: WindowRequest & { number: number }) => {
  const failed = (error: unknown) => ({ failed: String(error) });
  void answer(request)
    .catch(failed)
    .then((answered) => send({ kind: 'answer', number, answer: answered }));
});
send({ kind: 'ready' });

function send(message: WindowMessage): void {
  // While the test closes the window, it takes no more messages.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function answer(request: WindowRequest): Promise<unknown> {
  const { store } = window;
  switch (request.kind) {
    case 'ask':
      // A test may have the token expire by a write, which this window must read first.
      if (request.rereads) await store.reread(request.id);
      return Promise.all(
        Array.from({ length: request.calls }, () => outcome(window.accessToken(request.id))),
      );
    case 'renew':
      return outcome(renew(request.id));
    case 'put':
      return (await store.put(request.session)) !== undefined;
    case 'remove':
      await store.remove(request.id);
      return true;
    case 'list':
      return (await store.all()).map(({ id }) => id);
    case 'change':
      clock.set(request.clock);
      ({ refusesWrites } = request);
      return undefined;
    case 'settle':
      return until(() => refreshes === 0);
    case 'heap':
      // A real window keeps neither.
      for (const kept of [window.log, window.changes, window.refused]) kept.length = 0;
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
  }
}

async function renew(id: string): Promise<string | undefined> {
  const session = (await window.store.list()).find((one) => one.id === id);
  return session && window.refresher.renew(session);
}

/** The token, or the reason for having none. */
function outcome(token: Promise<string | undefined>): Promise<string> {
  return token.then((value) => value ?? 'no session', String);
}

/** The lock, with a count of the tasks that hold it or wait for it. */
function counting(lock: RefreshLock): RefreshLock {
  return {
    hold: (...args) => {
      refreshes++;
      return lock.hold(...args).finally(() => refreshes--);
    },
  };
}

/** The secrets, whose writes can be refused, as when the keyring is locked. */
function refusing(secrets: SecretStorage): SecretStorage {
  const locked = () => Promise.reject(new Error('the keyring is locked'));
  return {
    ...secrets,
    store: (...args) => (refusesWrites ? locked() : secrets.store(...args)),
    delete: (...args) => (refusesWrites ? locked() : secrets.delete(...args)),
  };
}
