import { parentPort, workerData } from 'node:worker_threads';
import { WebRefreshLock } from '../../../src/web/webRefreshLock.ts';

// A tab as a thread of its own: it takes the lock, posts a message, and never releases the lock.
const { id } = workerData as { id: string };
void new WebRefreshLock(navigator.locks).hold(id, 1000, () => {
  parentPort?.on('message', () => undefined);
  parentPort?.postMessage('held');
  return new Promise(() => undefined);
});
