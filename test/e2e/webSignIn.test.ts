import assert from 'node:assert/strict';
import path from 'node:path';
import { out } from '../../scripts/paths.ts';
import { NEWEST_EDITOR, OLDEST_EDITOR } from '../vscode/serverBuild.ts';
import { WebEditor, SCOPES } from './webEditor.ts';

const ALVA = 'Alva Lind (Spotify)';

/** About src/extension.web.ts and src/web, with src/flows/relayFlow.ts. */
describe('VS Code for the Web', function () {
  this.timeout(180_000);
  let webEditor: WebEditor;

  afterEach(() => webEditor.close());

  for (const [pageHost, version] of [
    ['vscode.dev', NEWEST_EDITOR],
    ['github.dev', OLDEST_EDITOR],
  ] as const) {
    it(`signs in by the relay, keeps the session after a reload, and signs out, at ${pageHost}, in ${version}`, async () => {
      webEditor = await WebEditor.open(pageHost, { version });
      const { editor } = webEditor;
      const { workbench } = editor;
      const first = await webEditor.signInWithShortToken('Alva Lind');
      await webEditor.assertWorks(first.accessToken);

      const refreshed = await webEditor.consumer.silentSession(SCOPES);
      assert.equal(webEditor.refreshes, 1);
      assert.notEqual(refreshed?.accessToken, first.accessToken);
      assert.equal(refreshed?.id, first.id);
      await webEditor.assertWorks(refreshed.accessToken);

      await workbench.reloadWindow();
      const reloaded = await webEditor.nextConsumer();
      assert.deepEqual(await reloaded.silentSession(SCOPES), refreshed);
      assert.equal(webEditor.refreshes, 1);
      assert.ok((await workbench.accounts.openWith(ALVA)).includes(ALVA));
      await workbench.screenshot(path.join(out, 'screenshots', `page-${pageHost}.png`));
      await workbench.accounts.close();

      await editor.signOut('Alva Lind');
      while (await reloaded.silentSession(SCOPES));
      await workbench.reloadWindow();
      assert.equal(await (await webEditor.nextConsumer()).silentSession(SCOPES), undefined);
    });
  }
});
