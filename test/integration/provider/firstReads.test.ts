import assert from 'node:assert/strict';
import { SCOPES } from '../asConsumer.ts';
import { integrationSuite } from '../suite.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';

/** About src/node/nodeHost.ts and src/node/retriedReads.ts. */
describe('the first request in a window', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  it('is answered though the editor refuses the first reads of secrets, as Theia without a keyring', async () => {
    const { storage, window } = suite.editor;
    const { id } = await window.provider.createSession(SCOPES);
    const reloaded = suite.use(new TestWindow(storage));
    await window.store.reread(id);
    storage.secrets.readsToRefuse = 2;
    const sessions = await reloaded.provider.getSessions(SCOPES);
    assert.deepEqual(
      sessions.map((session) => session.id),
      [id],
    );
  });
});
