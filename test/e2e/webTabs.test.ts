import assert from 'node:assert/strict';
import type { Consumer } from './consumers/consumer.ts';
import { WebEditor, SCOPES } from './webEditor.ts';

/**
 * About src/web/tabSecrets.ts, src/web/tabRevisions.ts and src/web/webRefreshLock.ts. A tab sees the
 * secrets that another tab stores only after a reload, or by a message of that tab.
 */
describe('two tabs of VS Code for the Web', function () {
  this.timeout(180_000);
  let webEditor: WebEditor;

  beforeEach(async () => (webEditor = await WebEditor.open('vscode.dev')));
  afterEach(() => webEditor.close());

  for (const rotates of [false, true]) {
    it(`send at most two refresh requests, lose no session and sign out together, with a refresh token that ${rotates ? 'rotates' : 'stays'}`, async () => {
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
      const reloaded: Consumer[] = [];
      for (const window of [second, editor.workbench]) {
        await window.reloadWindow();
        const one = await webEditor.nextConsumer();
        await webEditor.assertWorks((await one.silentSession(SCOPES))?.accessToken, one);
        reloaded.push(one);
      }
      assert.equal(webEditor.refreshes, refreshed);

      const before = await Promise.all(reloaded.map((one) => one.run('countChanges')));
      await editor.workbench.page.bringToFront();
      await editor.signOut('Alva Lind');
      for (const [i, one] of reloaded.entries()) {
        await one.untilChanges(before[i] ?? 0);
        assert.equal(await one.silentSession(SCOPES), undefined);
      }
    });
  }
});
