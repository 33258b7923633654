import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { ExtensionHost } from '../../../src/window/extensionHost.ts';
import { NO_LOCK } from '../../../src/sessions/acrossWindows.ts';
import { webHost } from '../../../src/web/webHost.ts';
import { WebRefreshLock } from '../../../src/web/webRefreshLock.ts';
import { KeptLog } from '../keptLog.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';
import { until } from '../sessions/until.ts';
import { FakeBrowser } from './fakeBrowser.ts';
import { record } from './tabSecretsScene.ts';

describe('webHost', () => {
  let browser: FakeBrowser;
  let log: KeptLog;
  let subscriptions: vscode.Disposable[];
  const replaced = new Map<string, PropertyDescriptor | undefined>();

  beforeEach(() => {
    browser = new FakeBrowser();
    log = new KeptLog();
    subscriptions = [];
  });
  afterEach(() => {
    for (const one of subscriptions) void one.dispose();
    for (const [name, descriptor] of replaced) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
    replaced.clear();
  });

  /** Replaces the global `name` until the test ends. */
  function replace(name: string, value: unknown): void {
    replaced.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }

  function load(): ExtensionHost {
    const [secrets, globalState] = [browser.tab(), new FakeMemento()];
    const context = { secrets, globalState, subscriptions };
    return webHost(context as unknown as vscode.ExtensionContext, log);
  }

  const get = async ({ secrets }: ExtensionHost) => secrets.get('session:first');

  it('shares secrets with other tabs, until it is disposed of', async () => {
    await load().secrets.store('session:first', 'no other tab receives it');
    const [one, other] = [load(), load()];
    assert.ok(one.lock instanceof WebRefreshLock);
    await one.secrets.store('session:first', record());
    await until(async () => (await get(other)) === record());
    for (const each of subscriptions.splice(0)) void each.dispose();
    await one.secrets.store('session:first', record({ revision: 2 }));
    await until(() => log.lines.length > 0);
    assert.match(log.lines.join(), /^warn: A session cannot be shared/);
    assert.equal(await get(other), record());
  });

  it('remembers a session that another tab has signed out', async () => {
    await load().secrets.store('session:first', record());
    const [one, other] = [load(), load()];
    assert.equal(await other.revisions.isRemoved('first'), false);
    await one.secrets.delete('session:first');
    await until(async () => (await get(other)) === undefined);
    assert.equal(await other.revisions.isRemoved('first'), true);
  });

  it('names the locks of refreshes so that other extensions do not learn the ids of sessions', async () => {
    await load().secrets.keys();
    const locks = async () => {
      const { held } = await navigator.locks.query();
      return held.map(({ name }) => name).filter((name) => name.startsWith('spotify-auth'));
    };
    const nameIn = async (host: ExtensionHost) => {
      // A lock is held a little longer than its task.
      await until(async () => (await locks()).length === 0);
      return (await host.lock.hold('id-of-a-session', 1000, locks)).join();
    };
    const name = await nameIn(load());
    assert.match(name, /^spotify-authentication [\w+/]{43}=$/);
    assert.equal(await nameIn(load()), name, 'another tab');
    browser.stored = new Map();
    assert.notEqual(await nameIn(load()), name, 'another key');
  });

  it('has no loopback flow, and stores no suspensions', () => {
    const { kind, loopback, storesSuspensions } = load();
    assert.deepEqual([kind, loopback, storesSuspensions], ['webWorker', undefined, false]);
  });

  it('uses no lock in a page that was loaded over plain HTTP', () => {
    replace('navigator', { userAgent: 'a browser' });
    assert.equal(load().lock, NO_LOCK);
  });

  it('broadcasts nothing if the browser denies the channel', async () => {
    replace('BroadcastChannel', function () {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const host = load();
    await host.secrets.store('session:first', record());
    assert.equal(await get(host), record());
    assert.match(
      log.lines.join(),
      /^warn: Sessions cannot be shared with other tabs. SecurityError/,
    );
    assert.deepEqual(subscriptions, []);
  });
});
