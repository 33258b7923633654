import assert from 'node:assert/strict';
import { LockTimeoutError, NO_LOCK } from '../../../src/sessions/acrossWindows.ts';
import { WebRefreshLock } from '../../../src/web/webRefreshLock.ts';
import { moveClock } from '../sessions/clock.ts';
import { sampleSession } from '../sessions/sampleSession.ts';
import { until } from '../sessions/until.ts';
import { freed, granted, openLockingTab, waitedFor } from './closingTab.ts';
import { type Tab, TabScene } from './tabScene.ts';

/** About src/web/tabSecrets.ts and src/web/webRefreshLock.ts. */
describe('two tabs of a browser', () => {
  const scene = new TabScene();

  const ask = (tabs: readonly Tab[], id: string) =>
    Promise.all(tabs.map(({ window }) => window.accessToken(id)));

  /** Whether each tab lists the session for VS Code. */
  const have = (tabs: readonly Tab[]) =>
    Promise.all(tabs.map(async ({ window }) => (await window.store.list()).length === 1));

  /** Loads two tabs of different origins: neither receives the broadcasts of the other. */
  const loadApart = async (): Promise<[Tab, Tab]> => [await scene.load(), await scene.load()];

  for (const rotates of [true, false]) {
    describe(`with a refresh token ${rotates ? 'that rotates' : 'that stays'}`, () => {
      beforeEach(() => (scene.spotify.behaviour.rotateRefreshTokens = rotates));

      it('send one request if both need a new token, and both keep it', async () => {
        const { id } = scene.keepSession(0);
        const tabs = await scene.loadTwo();
        const tokens = new Set(await ask(tabs, id));
        assert.deepEqual([...tokens], [scene.stored(id)?.token.accessToken]);
        assert.equal(scene.refreshes, 1);
        const reloaded = await scene.loadTwo();
        assert.deepEqual(new Set(await ask(reloaded, id)), tokens);
        assert.equal(scene.refreshes, 1);
        for (const { window } of tabs) {
          assert.deepEqual([window.refused, window.changes.length], [[], 1]);
        }
      });

      it('send one request though broadcasts are slow', async () => {
        const { id } = scene.keepSession(0);
        const tabs = await scene.loadTwo();
        for (const { end } of tabs) end.lagMs = 50;
        assert.equal(new Set(await ask(tabs, id)).size, 1);
        assert.equal(scene.refreshes, 1);
      });

      it('send one request if the second call comes right after the first, and broadcasts are slow', async () => {
        const { id } = scene.keepSession(0);
        const [one, other] = await scene.loadTwo();
        other.end.lagMs = 50;
        const token = await one.window.accessToken(id);
        assert.equal(await other.window.accessToken(id), token);
        assert.equal(scene.refreshes, 1);
      });

      it('send one request if one needs a token after the other has got it', async () => {
        const { id } = scene.keepSession(0);
        const [one, other] = await scene.loadTwo();
        const token = await one.window.accessToken(id);
        await until(() => other.window.changes.length > 0);
        assert.equal(await other.window.accessToken(id), token);
        assert.equal(scene.refreshes, 1);
      });

      it('have the session after a reload though they share neither lock nor channel', async () => {
        const { id } = scene.keepSession(0);
        const tabs = await loadApart();
        const brought = (await ask(tabs, id)).filter((token) => token !== undefined);
        assert.equal(brought.length, rotates ? 1 : 2);
        assert.equal(scene.refreshes, 2);
        const kept = scene.stored(id);
        assert.ok(kept && brought.includes(kept.token.accessToken));
        assert.equal(kept.suspendedAt, undefined);
        const reloaded = await loadApart();
        assert.deepEqual(await ask(reloaded, id), Array(2).fill(kept.token.accessToken));
        scene.spotify.tokens.expireAccessTokens();
        assert.ok(await reloaded[0].window.refresher.renew(kept));
        assert.equal(scene.refreshes, 3);
      });

      it('have the session though they share a channel but no lock', async () => {
        const { id } = scene.keepSession(0);
        const tabs = await scene.loadTwo(NO_LOCK);
        await ask(tabs, id);
        assert.ok(scene.refreshes <= 2);
        await until(() => tabs.every(({ window }) => window.changes.length > 0));
        await until(async () => !(await have(tabs)).includes(false));
        assert.equal(scene.stored(id)?.suspendedAt, undefined);
        assert.ok(!(await ask(tabs, id)).includes(undefined));
        assert.ok(!(await ask(await loadApart(), id)).includes(undefined));
        assert.ok(scene.refreshes <= 2);
      });

      it('have the session though one writes its old copy after the other has got a token', async () => {
        const { id } = scene.keepSession(0);
        const [one, other] = await scene.loadTwo();
        await one.window.accessToken(id);
        await until(() => other.window.changes.length > 0);
        // Any write of the tab also writes its copy of all other secrets.
        await other.secrets.store('marker', 'anything');
        const [reloaded] = await scene.loadTwo();
        const token = await reloaded.window.accessToken(id);
        await until(async () => (await one.window.accessToken(id)) === token);
        // If refresh tokens stay, the old record was stored, and its refresh token still works.
        assert.equal(scene.refreshes, rotates ? 1 : 2);
      });
    });
  }

  it('keep a suspension in memory alone, so that a token of the other stays stored', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    const { id } = scene.keepSession(0);
    const [one, other] = await loadApart();
    const token = await one.window.accessToken(id);
    const { writes } = scene.browser;
    assert.equal(await other.window.accessToken(id), undefined);
    assert.deepEqual(
      other.window.refused.map((session) => session.id),
      [id],
    );
    assert.deepEqual(await have([one, other]), [true, false]);
    assert.equal(await other.window.accessToken(id), undefined, 'not for an hour');
    assert.deepEqual([scene.refreshes, scene.browser.writes], [2, writes]);
    assert.equal(scene.stored(id)?.token.accessToken, token);
  });

  it('have a session again that one has suspended and the other refreshed, with a single write', async () => {
    const session = scene.keepSession(0);
    const [one, other] = await scene.loadTwo();
    other.window.store.putInMemory({ ...session, suspendedAt: Date.now() / 1000 });
    assert.deepEqual(await have([one, other]), [true, false]);
    await one.window.store.put(session);
    const { writes } = scene.browser;
    await until(async () => !(await have([one, other])).includes(false));
    assert.equal(scene.browser.writes, writes);
  });

  it('sign out together, and stay signed out', async () => {
    const { id } = scene.keepSession(3600);
    const [one, other] = await scene.loadTwo();
    await one.window.store.remove(id);
    await until(() => other.window.changes.length > 0);
    assert.deepEqual(
      other.window.changes.map(({ removed }) => removed.map((session) => session.id)),
      [[id]],
    );
    assert.deepEqual(await have([one, other]), [false, false]);
    await other.secrets.store('marker', 'anything');
    assert.deepEqual(await have(await scene.loadTwo()), [false, false]);
  });

  it('sign out together though one gets a token at the same moment', async () => {
    const { id } = scene.keepSession(0);
    const tabs = await scene.loadTwo();
    const [one, other] = tabs;
    for (const { end } of tabs) end.freeze();
    assert.ok(await other.window.accessToken(id));
    await one.window.store.remove(id);
    for (const { end } of tabs) {
      await end.arrived(1);
      end.thaw();
    }
    await scene.settled(tabs);
    assert.deepEqual(await have(tabs), [false, false]);
    assert.deepEqual(await have(await scene.loadTwo()), [false, false]);
  });

  it('stay signed out though one stores a token that it got before the sign-out reached it', async () => {
    const session = scene.keepSession(3600);
    const [one, other] = await scene.loadTwo();
    await one.window.store.remove(session.id);
    await until(() => other.window.changes.length > 0);
    one.secrets.dispose();
    assert.equal(await other.window.store.put(session), undefined);
    assert.deepEqual(await have([one, other]), [false, false]);
    assert.equal(scene.stored(session.id), undefined);
  });

  it('sign in together, once there is a key for broadcasts', async () => {
    const early = await scene.loadTwo();
    await early[0].window.store.put(sampleSession());
    assert.deepEqual(await have(early), [true, false]);
    const tabs = await scene.loadTwo();
    await tabs[0].window.store.put(sampleSession({ id: 'second' }));
    await scene.settled(tabs);
    for (const { window } of tabs) assert.equal((await window.store.list()).length, 2);
    for (const { log } of tabs) assert.deepEqual(log.lines, []);
  });

  it('get a token though the tab that held the lock was closed', async () => {
    const { id } = scene.keepSession(0);
    const closed = await openLockingTab(id);
    const [tab] = await scene.loadTwo();
    const token = tab.window.accessToken(id);
    await waitedFor(id);
    await closed.terminate();
    assert.equal(await granted(token), scene.stored(id)?.token.accessToken);
  });

  it('keep the session if one holds the lock for too long', async () => {
    const { id } = scene.keepSession(0);
    const webLock = new WebRefreshLock(navigator.locks);
    const [tab] = await scene.loadTwo({ hold: (name, _, task) => webLock.hold(name, 50, task) });
    const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
    const holding = webLock.hold(id, 50, () => over);
    await assert.rejects(tab.window.accessToken(id), LockTimeoutError);
    assert.deepEqual([scene.refreshes, tab.window.changes, tab.window.refused], [0, [], []]);
    end(undefined);
    await holding;
    await freed(id);
    moveClock(2);
    assert.ok(await tab.window.accessToken(id));
  });
});
