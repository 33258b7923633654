import { randomUUID } from 'node:crypto';
import type { SecretStorage } from 'vscode';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { type Encrypted, newKey } from '../../../src/web/encryption.ts';
import { type Change, type SealedChanges, sealedChanges } from '../../../src/web/sealedChanges.ts';
import { TabRevisions } from '../../../src/web/tabRevisions.ts';
import { TabSecrets } from '../../../src/web/tabSecrets.ts';
import { KeptLog } from '../keptLog.ts';
import { sampleSession } from '../sessions/sampleSession.ts';
import { until } from '../sessions/until.ts';
import { FakeBrowser } from './fakeBrowser.ts';
import { TabChannels, type TabEnd } from './tabChannels.ts';

/** The secrets of one tab, with its log lines and change events. */
export interface SecretsOfTab {
  /** The SecretStorage of VS Code. */
  readonly own: SecretStorage;
  readonly end: TabEnd;
  readonly revisions: TabRevisions;
  readonly secrets: TabSecrets;
  readonly log: KeptLog;
  /** The keys of all change events. */
  readonly changes: string[];
}

/** A browser with a key for broadcasts, and the channels of an origin. All are new for each test. */
export class TabSecretsScene {
  browser!: FakeBrowser;
  channels!: TabChannels;
  key!: string;
  /** Seals the changes of another tab, which has no storage. */
  sealed!: SealedChanges;

  /** Call it inside `describe`: it adds hooks to the suite. */
  constructor() {
    beforeEach(() => {
      this.browser = new FakeBrowser();
      this.channels = new TabChannels();
      this.key = newKey();
      this.sealed = sealedChanges();
      this.browser.stored = new Map([['tabs', this.key]]);
    });
    afterEach(() => this.channels.close());
  }

  open(): SecretsOfTab {
    const [own, end, log] = [this.browser.tab(), this.channels.tab(), new KeptLog()];
    const revisions = new TabRevisions();
    const secrets = new TabSecrets(own, end, revisions, log);
    const changes: string[] = [];
    secrets.onDidChange(({ key }) => changes.push(key));
    return { own, end, revisions, secrets, log, changes };
  }

  openTwo(): [SecretsOfTab, SecretsOfTab] {
    return [this.open(), this.open()];
  }

  /** Broadcasts a change to every tab. */
  async say(news: Change): Promise<void> {
    this.channels.say(await this.seal(news));
  }

  seal(news: Change): Promise<Encrypted> {
    return this.sealed.seal(news, this.key);
  }

  /** Resolves when the tab has handled all earlier broadcasts. */
  async heard({ secrets }: SecretsOfTab): Promise<void> {
    const value = randomUUID();
    await this.say({ key: 'clientSecret:last', value });
    await until(async () => (await secrets.get('clientSecret:last')) === value);
    await this.say({ key: 'clientSecret:last' });
    await until(async () => (await secrets.get('clientSecret:last')) === undefined);
  }
}

/** All secrets that a tab reads, by key. */
export async function allOf({ secrets }: SecretsOfTab): Promise<Record<string, unknown>> {
  const keys = await secrets.keys();
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, await secrets.get(key)] as const)),
  );
}

/** The record of the sample session. `different` replaces some of its values. */
export const record = (different: Partial<StoredSession> = {}): string =>
  serializeSession(sampleSession(different));
