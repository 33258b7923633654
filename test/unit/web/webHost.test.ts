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

describe('the edges to a browser', () => {
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

  /** Has the test run in a browser where `name` is something else. */
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

  it('are shared with the other tabs, until they are disposed of', async () => {
    await load().secrets.store('session:first', 'nobody else hears it');
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

  it('remember a session that another tab has signed out', async () => {
    await load().secrets.store('session:first', record());
    const [one, other] = [load(), load()];
    assert.equal(await other.revisions.isRemoved('first'), false);
    await one.secrets.delete('session:first');
    await until(async () => (await get(other)) === undefined);
    assert.equal(await other.revisions.isRemoved('first'), true);
  });

  it('are those of a browser: no server of ours, no refusal that is stored', () => {
    const { kind, loopback, storesSuspensions } = load();
    assert.deepEqual([kind, loopback, storesSuspensions], ['webWorker', undefined, false]);
  });

  it('do without locks in a page that came over plain HTTP', () => {
    replace('navigator', { userAgent: 'a browser' });
    assert.equal(load().lock, NO_LOCK);
  });

  it('do without a channel where the browser denies it', async () => {
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
