import { TestWindow } from '../test/integration/testWindow.ts';
import { SCOPES } from './cachedSessions.ts';
import {
  type Measurement,
  median,
  rowsOf,
  since,
  type Step,
  type Subject,
  type Trace,
} from './measurement.ts';
import { RealStorage } from './realStorage.ts';
import { NotedRequests } from './requests.ts';

const ROUNDS = 25;

/** One sign-in, in milliseconds after the browser began to return. */
interface SignInTimes {
  readonly whole: number;
  /** Without the requests to Spotify’s servers. */
  readonly own: number;
  readonly steps: readonly Step[];
}

/**
 * Measures sign-ins from the browser’s return to the session, and returns the steps of the one of median
 * length. The browser is a `fetch`, so its own work does not count.
 */
export async function signInTimes(): Promise<{ rows: Measurement[]; trace: Trace }> {
  await using storage = new RealStorage();
  using requests = new NotedRequests();
  using window = new TestWindow(storage);
  const all: SignInTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    all.push(await signIn(window, storage, requests));
  }
  const whole = new Map<Subject, number[]>([['ours', all.map((one) => one.whole)]]);
  const own = new Map<Subject, number[]>([['ours', all.map((one) => one.own)]]);
  const middle = all.find((one) => one.own === median(own.get('ours') ?? []));
  return {
    rows: [
      ...rowsOf('Sign-in from the browser’s return, with Spotify’s answers', 'ms', whole),
      ...rowsOf('Sign-in from the browser’s return, beyond them', 'ms', own),
    ],
    trace: { name: 'A sign-in after the browser began to return,', steps: middle?.steps ?? [] },
  };
}

async function signIn(
  window: TestWindow,
  storage: RealStorage,
  requests: NotedRequests,
): Promise<SignInTimes> {
  let returned = 0;
  let page: Promise<Step> | undefined;
  window.browse = async (url) => {
    storage.uses.length = 0;
    const { headers } = await fetch(url, { redirect: 'manual' });
    returned = performance.now();
    page = fetch(headers.get('location') ?? '').then(async (answer) => {
      await answer.text();
      return { name: 'The tab shows the last page', begin: returned, end: performance.now() };
    });
  };
  const { id } = await window.provider.createSession(SCOPES);
  const end = performance.now();
  const noted = [...requests.requests, ...storage.uses.splice(0)];
  const own = end - returned - requests.take();
  const shown = await page;
  await window.provider.removeSession(id);
  const session = { name: 'The session is there', begin: returned, end };
  const steps = since(returned, [...noted, session, ...(shown ? [shown] : [])]);
  return { whole: end - returned, own, steps };
}
