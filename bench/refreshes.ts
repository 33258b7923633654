import type { Spotify } from '../test/spotify/index.ts';
import { TestWindow } from '../test/integration/testWindow.ts';
import { SCOPES } from './cachedSessions.ts';
import {
  type Measurement,
  median,
  rowsOf,
  since,
  type Step,
  type Subject,
  timeOf,
  type Trace,
} from './measurement.ts';
import { RealStorage } from './realStorage.ts';
import { NotedRequests } from './requests.ts';

const ROUNDS = 30;
/** A token of so many seconds counts as expired at the next call. */
const EXPIRED = 30;

/** Measures refreshes: the first call after a start, one window alone, and several at once. */
export async function refreshTimes(
  spotify: Spotify,
): Promise<{ rows: Measurement[]; trace: Trace }> {
  await using storage = new RealStorage();
  using requests = new NotedRequests();
  using window = new TestWindow(storage);
  await window.provider.createSession(SCOPES);
  const first = await firstCalls(storage);
  await expire(window, spotify);
  spotify.behaviour.expiresIn = EXPIRED;
  const alone: Refresh[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await refresh(window, storage, requests));
  }
  spotify.behaviour.expiresIn = 3600;
  const own = alone.map((one) => one.own);
  return {
    rows: [
      ...rowsOf('First call after a start', 'ms', ofUs(first)),
      ...rowsOf('Refresh, with Spotify’s answer', 'ms', ofUs(alone.map((one) => one.whole))),
      ...rowsOf('Refresh, beyond Spotify’s answer', 'ms', ofUs(own)),
      ...(await together(storage, spotify, 2)),
      ...(await together(storage, spotify, 4)),
    ],
    trace: {
      name: 'A refresh',
      steps: alone.find((one) => one.own === median(own))?.steps ?? [],
    },
  };
}

/** One refresh, in milliseconds. */
interface Refresh {
  readonly whole: number;
  /** Without the request to Spotify. */
  readonly own: number;
  readonly steps: readonly Step[];
}

async function refresh(
  window: TestWindow,
  storage: RealStorage,
  requests: NotedRequests,
): Promise<Refresh> {
  // The event of the last write is still on its way, and makes the store read.
  for (const { id } of await window.store.all()) await window.store.reread(id);
  storage.uses.length = 0;
  const begin = performance.now();
  await window.provider.getSessions(SCOPES);
  const end = performance.now();
  const steps = [...storage.uses, ...requests.requests, { name: 'The token is there', begin, end }];
  return { whole: end - begin, own: end - begin - requests.take(), steps: since(begin, steps) };
}

/** The first call of a new window reads the sessions. Its token is still valid. */
async function firstCalls(storage: RealStorage): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    using window = new TestWindow(storage);
    times.push(await timeOf(() => window.provider.getSessions(SCOPES)));
  }
  return times;
}

/** Asks for an expired token in several windows at once: how long after the first has the last one it? */
async function together(
  storage: RealStorage,
  spotify: Spotify,
  count: number,
): Promise<Measurement[]> {
  using windows = new DisposableStack();
  const all = Array.from({ length: count }, () => windows.use(new TestWindow(storage)));
  const spreads: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const window of all) await expire(window, spotify);
    spotify.requests.clear();
    const begin = performance.now();
    const ends = await Promise.all(
      all.map(async ({ provider }) => {
        await provider.getSessions(SCOPES);
        return performance.now() - begin;
      }),
    );
    if (spotify.requests.count('token') !== 1)
      throw new Error('The windows sent several requests.');
    spreads.push(Math.max(...ends) - Math.min(...ends));
  }
  return rowsOf(`Refresh of ${count} windows, the last after the first`, 'ms', ofUs(spreads));
}

/** Makes the stored token expire, unless another window has done so, and waits until `window` knows. */
async function expire({ store }: TestWindow, spotify: Spotify): Promise<void> {
  const [session] = await store.all();
  if (!session) throw new Error('There is no session.');
  const current = (await store.reread(session.id)) ?? session;
  const expiresAt = Date.now() / 1000 - 1;
  if (current.token.expiresAt <= expiresAt) return;
  await store.put({ ...current, token: { ...current.token, expiresAt } });
  spotify.requests.clear();
}

const ofUs = (samples: number[]) => new Map<Subject, number[]>([['ours', samples]]);
