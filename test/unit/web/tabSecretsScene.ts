import { randomUUID } from 'node:crypto';
import type { SecretStorage } from 'vscode';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { newKey, encrypt } from '../../../src/web/encryption.ts';
import { TabRevisions } from '../../../src/web/tabRevisions.ts';
import { TabSecrets } from '../../../src/web/tabSecrets.ts';
import { KeptLog } from '../keptLog.ts';
import { sampleSession } from '../sessions/sampleSession.ts';
import { until } from '../sessions/until.ts';
import { FakeBrowser } from './fakeBrowser.ts';
import { TabChannels, type TabEnd } from './tabChannels.ts';

/** The secrets of one tab, and all that they have told here. */
export interface SecretsOfTab {
  /** Those of VS Code. */
  readonly own: SecretStorage;
  readonly end: TabEnd;
  readonly revisions: TabRevisions;
  readonly secrets: TabSecrets;
  readonly log: KeptLog;
  /** The keys of the changes that it has heard of. */
  readonly changes: string[];
}

/** A browser whose tabs have a key, and the channels of an origin; all anew for each test. */
export class TabSecretsScene {
  browser!: FakeBrowser;
  channels!: TabChannels;
  key!: string;

  /** To be called inside a suite, whose hooks it makes. */
  constructor() {
    beforeEach(() => {
      this.browser = new FakeBrowser();
      this.channels = new TabChannels();
      this.key = newKey();
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

  /** Says to every tab what one of them would. */
  async say(news: { readonly key: string; readonly value?: string }): Promise<void> {
    this.channels.say(await encrypt(JSON.stringify(news), this.key));
  }

  /** Resolves when `tab` has dealt with whatever was said before. */
  async heard({ secrets }: SecretsOfTab): Promise<void> {
    const value = randomUUID();
    await this.say({ key: 'clientSecret:last', value });
    await until(async () => (await secrets.get('clientSecret:last')) === value);
    await this.say({ key: 'clientSecret:last' });
    await until(async () => (await secrets.get('clientSecret:last')) === undefined);
  }
}

/** Everything that a tab reads. */
export async function allOf({ secrets }: SecretsOfTab): Promise<Record<string, unknown>> {
  const keys = await secrets.keys();
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, await secrets.get(key)] as const)),
  );
}

/** The sample as it is stored, with whatever a test wants different. */
export const record = (different: Partial<StoredSession> = {}): string =>
  serializeSession(sampleSession(different));
