import assert from 'node:assert/strict';
import type { Consumer } from './consumers/consumer.ts';
import { PageEditor, SCOPES } from './webEditor.ts';

/**
 * Two tabs of one browser without a server: whatever one stores, the other sees only when it is loaded
 * again, or by what they tell each other.
 */
describe('two tabs in the browser without a server', function () {
  this.timeout(180_000);
  let page: PageEditor;

  beforeEach(async () => (page = await PageEditor.open('vscode.dev')));
  afterEach(() => page.close());

  for (const rotates of [false, true]) {
    it(`ask twice at most, lose no session and sign out together, with a refresh token that ${rotates ? 'rotates' : 'stays'}`, async () => {
      const { editor, consumer } = page;
      editor.spotify.behaviour.rotateRefreshTokens = rotates;
      const { id } = await page.signInForHalfAMinute('Alva Lind');
      const second = await editor.openWindow();
      const other = await page.nextConsumer();

      const asked = await Promise.all([consumer, other].map((one) => one.silently(SCOPES)));
      assert.deepEqual(
        asked.map((session) => session?.id),
        [id, id],
      );
      // Whoever comes before the news of the other asks once more.
      const refreshed = page.refreshes;
      assert.ok(refreshed === 1 || refreshed === 2, `${refreshed} requests`);
      for (const session of asked) await page.assertWorks(session?.accessToken);

      // Whose copy of the secrets lasts is the one's that wrote last.
      const reloaded: Consumer[] = [];
      for (const window of [second, editor.workbench]) {
        await window.reloadWindow();
        const one = await page.nextConsumer();
        await page.assertWorks((await one.silently(SCOPES))?.accessToken, one);
        reloaded.push(one);
      }
      assert.equal(page.refreshes, refreshed);

      const before = await Promise.all(reloaded.map((one) => one.run('countChanges')));
      await editor.workbench.page.bringToFront();
      await editor.signOut('Alva Lind');
      for (const [i, one] of reloaded.entries()) {
        await one.untilChanges(before[i] ?? 0);
        assert.equal(await one.silently(SCOPES), undefined);
      }
    });
  }
});
