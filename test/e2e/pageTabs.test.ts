import assert from 'node:assert/strict';
import { PageEditor, SCOPES } from './pageEditor.ts';

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
    it(`refresh once for both, and lose no session, with a refresh token that ${rotates ? 'rotates' : 'stays'}`, async () => {
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
      assert.equal(page.refreshes, 1);
      for (const session of asked) await page.assertWorks(session?.accessToken);

      // Whose copy of the secrets lasts is the one's that wrote last.
      for (const window of [second, editor.workbench]) {
        await window.reloadWindow();
        const reloaded = await page.nextConsumer();
        await page.assertWorks((await reloaded.silently(SCOPES))?.accessToken, reloaded);
      }
      assert.equal(page.refreshes, 1);
    });
  }

  it('sign out together', async () => {
    const { editor, consumer } = page;
    await page.signIn('Alva Lind');
    await editor.openWindow();
    const other = await page.nextConsumer();
    assert.ok(await other.silently(SCOPES));
    const before = await other.run('countChanges');
    await editor.signOut('Alva Lind');
    await other.untilChanges(before);
    assert.equal(await other.silently(SCOPES), undefined);
    assert.equal(await consumer.silently(SCOPES), undefined);
  });
});
