import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';
import type { WorkbenchPage } from '../vscode/workbenchPage.ts';
import type { Consumer } from './consumers/consumer.ts';
import { WebEditor, SCOPES } from './webEditor.ts';

/** A tab, and the consumer in it. */
interface Tab {
  readonly window: WorkbenchPage;
  readonly consumer: Consumer;
}

/**
 * About src/web/tabSecrets.ts, src/web/tabRevisions.ts, src/web/webRefreshLock.ts and
 * src/flows/relayFlow.ts. A tab sees the secrets that another tab stores only after a reload, or by a
 * message of that tab.
 */
describe('two tabs of VS Code for the Web', function () {
  this.timeout(180_000);
  let webEditor: WebEditor;

  beforeEach(async () => (webEditor = await WebEditor.open('vscode.dev')));
  afterEach(() => webEditor.close());

  it('send at most two refresh requests, lose no session and sign out together, with a refresh token that rotates', async () => {
    await useOneSession(true);
  });

  it('do so with a refresh token that stays, and sign in by the relay at the same moment: one waits, and each gets its own account', async () => {
    await signInAtTheSameMoment(await useOneSession(false));
  });

  /** Signs in, has both tabs refresh the session, and signs out. Returns both tabs, which are open. */
  async function useOneSession(rotates: boolean): Promise<[Tab, Tab]> {
    const { editor, consumer } = webEditor;
    editor.spotify.behaviour.rotateRefreshTokens = rotates;
    const { id } = await webEditor.signInWithShortToken('Alva Lind');
    const second = await editor.openWindow();
    const other = await webEditor.nextConsumer();

    const sessions = await Promise.all([consumer, other].map((one) => one.silentSession(SCOPES)));
    assert.deepEqual(
      sessions.map((session) => session?.id),
      [id, id],
    );
    // A tab that has not yet received the other tab’s message sends a request of its own.
    const refreshed = webEditor.refreshes;
    assert.ok(refreshed === 1 || refreshed === 2, `${refreshed} requests`);
    for (const session of sessions) await webEditor.assertWorks(session?.accessToken);

    // VS Code keeps the secrets of the tab that wrote last, and each reloaded tab reads them.
    const reload = async (window: WorkbenchPage): Promise<Tab> => {
      await window.reloadWindow();
      const one = await webEditor.nextConsumer();
      await webEditor.assertWorks((await one.silentSession(SCOPES))?.accessToken, one);
      return { window, consumer: one };
    };
    const tabs: [Tab, Tab] = [await reload(second), await reload(editor.workbench)];
    assert.equal(webEditor.refreshes, refreshed);

    const before = await Promise.all(tabs.map((tab) => tab.consumer.run('countChanges')));
    await editor.workbench.page.bringToFront();
    await editor.signOut('Alva Lind');
    for (const [i, tab] of tabs.entries()) {
      await tab.consumer.untilChanges(before[i] ?? 0);
      assert.equal(await tab.consumer.silentSession(SCOPES), undefined);
    }
    return tabs;
  }

  async function signInAtTheSameMoment([waiting, first]: [Tab, Tab]): Promise<void> {
    // Scopes to which the user has not agreed yet, so that Spotify shows its page.
    const asked = first.consumer.getSession(['user-follow-read'], { createIfNone: true });
    await first.window.page.bringToFront();
    const page = await first.window.waitForPopup(() => first.window.dialog.clickButton('Allow'));

    // Other scopes, so that the session of the first tab does not answer the request.
    const askedToo = waiting.consumer.getSession(['user-top-read'], { createIfNone: true });
    await waiting.window.page.bringToFront();
    await waiting.window.dialog.clickButton('Allow');
    await waiting.window.notifications.waitFor('waiting until another sign-in through vscode.dev');
    await waiting.window.screenshot(path.join(out, 'screenshots', 'page-waiting.png'));

    const next = await waiting.window.waitForPopup(() => webEditor.agree(page, 'Alva Lind'));
    assert.equal((await asked)?.account.label, 'Alva Lind');
    await webEditor.agree(next, 'Noor Haddad');
    const session = await askedToo;
    assert.equal(session?.account.label, 'Noor Haddad');
    const { body } = await waiting.consumer.run('fetchProfile', session.accessToken);
    assert.equal(body.display_name, 'Noor Haddad');
  }
});
