import assert from 'node:assert/strict';
import { RELAY_REDIRECT_URI } from '../../../src/common/redirectUri.ts';
import { CallbackHandover } from '../../../src/flows/callbackHandover.ts';
import { CallbackUriHandler } from '../../../src/flows/callbackUriHandler.ts';
import { relayFlow } from '../../../src/flows/relayFlow.ts';
import {
  LockTimeoutError,
  NO_LOCK,
  type RefreshLock,
} from '../../../src/sessions/acrossWindows.ts';
import type { SignedIn } from '../../../src/sessions/newSession.ts';
import { WebRefreshLock } from '../../../src/web/webRefreshLock.ts';
import { KeptLog } from '../keptLog.ts';
import { until } from '../sessions/until.ts';
import { endOf, SignInScene } from '../signIn/signInScene.ts';
import { TabSecretsScene } from '../web/tabSecretsScene.ts';
import { BrowserTabs, relayed } from './browserTabs.ts';
import { LinkWindows } from './linkWindows.ts';

/** About src/flows/relayFlow.ts. */
describe('sign-ins through the relay in tabs of a browser', () => {
  let scene: SignInScene;
  let windows: LinkWindows;
  let tabs: BrowserTabs;
  const secrets = new TabSecretsScene();
  const webLock = new WebRefreshLock(navigator.locks);

  before(async () => {
    scene = await SignInScene.set(RELAY_REDIRECT_URI);
    scene.spotify.addUser({ id: 'bo', displayName: 'Bo' });
  });
  after(() => scene.close());
  beforeEach(() => {
    windows = new LinkWindows();
    tabs = new BrowserTabs();
  });
  afterEach(() => windows.close());

  /** What a new tab, which shares no secrets with others, signs in with. */
  class Tab {
    readonly handler: CallbackUriHandler;
    readonly callbackUri: (query: string) => Promise<string>;
    readonly lock: RefreshLock;
    readonly waits = Promise.withResolvers<undefined>();
    opens = 0;

    constructor(lock: RefreshLock = webLock, handler = new LinkWindows().open()) {
      this.lock = lock;
      this.handler = handler;
      this.callbackUri = tabs.open(handler);
    }

    /** Signs in as the user with this id. The browser goes to Spotify's page once `ready` resolves. */
    signIn(user: string, ready?: Promise<unknown>, signal?: AbortSignal): Promise<SignedIn> {
      const flow = relayFlow(this.handler, this.callbackUri, this.lock);
      return scene.signIn({
        openFlow: (options) => flow({ ...options, onWait: () => this.waits.resolve(undefined) }),
        browse: async (url) => {
          this.opens++;
          await ready;
          scene.spotify.behaviour.consent = { agreeAs: user };
          await tabs.load(relayed(await endOf(url)));
        },
        ...(signal && { signal }),
      });
    }
  }

  it('get their own answers though they begin at the same moment: one waits, and is told so', async () => {
    const [one, other] = [new Tab(), new Tab()];
    const first = one.signIn('alva', other.waits.promise);
    const second = other.signIn('bo');
    await other.waits.promise;
    assert.deepEqual([one.opens, other.opens], [1, 0]);
    assert.equal((await first).account.label, 'Alva');
    assert.equal((await second).account.label, 'Bo');
  });

  it('do not wait for one that was cancelled, nor for one that was cancelled while it waited', async () => {
    const [one, other, third] = [new Tab(), new Tab(), new Tab()];
    const [first, second] = [new AbortController(), new AbortController()];
    const never = new Promise(() => undefined);
    const cancelled = [one.signIn('alva', never, first.signal)];
    cancelled.push(other.signIn('alva', undefined, second.signal));
    await other.waits.promise;
    const last = third.signIn('bo');
    for (const controller of [second, first]) controller.abort(new Error('cancelled'));
    for (const each of cancelled) await assert.rejects(each, /cancelled/);
    assert.equal((await last).account.label, 'Bo');
    assert.deepEqual([one.opens, other.opens, third.opens], [1, 0, 1]);
  });

  it('do not wait for one whose address could not be made', async () => {
    const flow = relayFlow(windows.open(), () => Promise.reject(new Error('no address')), webLock);
    await assert.rejects(scene.signIn({ openFlow: flow }), /no address/);
    assert.equal((await new Tab().signIn('bo')).account.label, 'Bo');
  });

  it('hand over each other’s answers if the browser denies locks', async () => {
    const log = new KeptLog();
    const handlers = secrets.openTwo().map((tab) => {
      return new CallbackUriHandler(new CallbackHandover(tab.secrets, log), log);
    });
    const [one, other] = handlers.map((handler) => new Tab(NO_LOCK, handler));
    assert.ok(one && other);
    const bothOpen = until(() => one.opens + other.opens === 2);
    const first = one.signIn('alva', bothOpen);
    // The other tab has taken the first answer meanwhile.
    const second = other.signIn('bo', first);
    assert.equal((await first).account.label, 'Alva');
    assert.equal((await second).account.label, 'Bo');
    assert.deepEqual(log.lines, []);
  });

  for (const [what, lock] of [
    ['is held for too long', { hold: () => Promise.reject(new LockTimeoutError()) }],
    ['does not exist', NO_LOCK],
  ] as const) {
    it(`go on without a lock that ${what}`, async () => {
      assert.equal((await new Tab(lock).signIn('bo')).account.label, 'Bo');
    });
  }
});
