import assert from 'node:assert/strict';
import { createAuthProvider, createFetch } from '../../../src/adapters/vscode.ts';
import { startStandIn } from '../../../stand-in/index.ts';
import { documentedBlock } from './documentedBlock.ts';

type PlaylistItems = (spotifyFetch: typeof fetch) => Promise<{ label: string; uri: string }[]>;

/** About the code in docs/for-extension-authors.md. */
describe('the list of playlists of the page for extension authors', () => {
  it('has those of all pages, and no icons', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `$(play) ${index}`);
    const playlists = names.map((name) => ({ name, owner: 'alva' }));
    const standIn = await startStandIn({ playlists });
    const session = createAuthProvider(standIn.editor('alva'), ['playlist-read-private']);
    const block = await documentedBlock<{ playlistItems: PlaylistItems }>(
      'for-extension-authors.md',
      'playlistItems.ts',
    );
    const items = await block.playlistItems(createFetch(session, { fetch: standIn.fetch }));
    const labels = items.map(({ label }) => label);
    assert.deepEqual(labels.toSorted(), names.map((name) => name.replace('$', '$ ')).toSorted());
    assert.equal(standIn.requests.count('playlists'), 3);
    await standIn.close();
  });
});
