import { NO_LOCK, type RefreshLock } from '../../../src/sessions/acrossWindows.ts';
import { parseSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { newKey } from '../../../src/web/encryption.ts';
import { TabRevisions } from '../../../src/web/tabRevisions.ts';
import { TabSecrets } from '../../../src/web/tabSecrets.ts';
import { WebRefreshLock } from '../../../src/web/webRefreshLock.ts';
import { KeptLog } from '../keptLog.ts';
import type { Window } from '../sessions/fakeWindow.ts';
import { RefreshScene } from '../sessions/refreshScene.ts';
import { until } from '../sessions/until.ts';
import { FakeBrowser } from './fakeBrowser.ts';
import { TabChannels, type TabEnd } from './tabChannels.ts';

/** What tabs of one origin share. */
export interface Origin {
  /** By default shared with no other tab. */
  readonly channels?: TabChannels;
  /** None by default. */
  readonly lock?: RefreshLock;
}

/** A window of the editor in a browser tab. */
export interface Tab {
  readonly window: Window;
  readonly secrets: TabSecrets;
  readonly end: TabEnd;
  readonly log: KeptLog;
}

/** A stand-in for Spotify with an app and a user, and a browser. All are new for each test. */
export class TabScene extends RefreshScene {
  browser!: FakeBrowser;
  /** The channels of the origin that {@link loadTwo} uses. */
  channels!: TabChannels;
  readonly #all: TabChannels[] = [];

  /** Call it inside `describe`: it adds hooks to the suite. */
  constructor() {
    super();
    beforeEach(() => {
      this.browser = new FakeBrowser();
      this.channels = this.newChannels();
    });
    afterEach(() => {
      for (const channels of this.#all.splice(0)) channels.close();
    });
  }

  /** The channels of another origin. */
  newChannels(): TabChannels {
    const channels = new TabChannels();
    this.#all.push(channels);
    return channels;
  }

  /** Stores the session in the browser, with a key for broadcasts. Its random id also names its lock. */
  override keepSession(secondsLeft: number, different?: Partial<StoredSession>): StoredSession {
    const id = crypto.randomUUID();
    const session = super.keepSession(secondsLeft, { id, ...different });
    this.browser.stored = new Map([['tabs', newKey()], ...this.machine.secrets.stored]);
    return session;
  }

  /** Loads a tab, and has it read the sessions. */
  async load({ channels = this.newChannels(), lock = NO_LOCK }: Origin = {}): Promise<Tab> {
    const [end, revisions, log] = [channels.tab(), new TabRevisions(), new KeptLog()];
    const secrets = new TabSecrets(this.browser.tab(), end, revisions, log);
    const shared = { folder: undefined, storesSuspensions: false };
    const window = await this.open({ ...shared, secrets, lock, revisions });
    return { window, secrets, end, log };
  }

  /** Loads two tabs of one origin. */
  async loadTwo(lock: RefreshLock = new WebRefreshLock(navigator.locks)): Promise<[Tab, Tab]> {
    const origin = { channels: this.channels, lock };
    return [await this.load(origin), await this.load(origin)];
  }

  /** Resolves when each tab has handled all broadcasts, also those that it caused by handling them. */
  async settled(tabs: readonly Tab[]): Promise<void> {
    for (const { secrets } of [...tabs, ...tabs]) {
      const value = crypto.randomUUID();
      await secrets.store('clientSecret:last', value);
      for (const tab of tabs) {
        await until(async () => (await tab.secrets.get('clientSecret:last')) === value);
        await tab.window.store.reread('unknown');
      }
    }
  }

  /** The session as a tab reads it if it is loaded now. */
  stored(id: string): StoredSession | undefined {
    const session = parseSession(this.browser.stored.get(`session:${id}`) ?? '');
    return typeof session === 'object' ? session : undefined;
  }
}
