import assert from 'node:assert/strict';
import { DEMO_CLIENT_ID } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { integrationSuite } from '../suite.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';

/** About src/sessions/accountLabel.ts and src/sessions/accountHistory.ts. */
describe('the label of an account, by which VS Code remembers who may use it', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  /** Signs in as this user, whose display name is `name`. Returns the session. */
  async function signInAs(user: string, name: string, scopes = SCOPES, of = suite.editor.window) {
    const { spotify } = suite;
    const stored = spotify.users.get(user);
    assert.ok(stored);
    stored.displayName = name;
    spotify.behaviour.consent = { agreeAs: user };
    return of.context.signIn.run({ scopes });
  }

  for (const [what, name] of [
    ['the same', 'Alva Lind'],
    ['different only by what is not seen', 'Al\u200Bva\u3164 \u202ELind\u2800'],
  ] as const) {
    it(`is not given to another account after a sign-out if the name is ${what}`, async () => {
      const { storage, window } = suite.editor;
      const { id, account } = await signInAs('alva', 'Alva Lind');
      assert.equal(account.label, 'Alva Lind');
      await window.provider.removeSession(id);
      using restarted = new TestWindow(storage);
      const noor = await signInAs('noor', name, SCOPES, restarted);
      assert.equal(noor.account.label, 'Alva Lind (noor)');
      const alva = await signInAs('alva', 'Alva Lind', SCOPES, restarted);
      assert.equal(alva.account.label, 'Alva Lind');
    });
  }

  it('is not given to another account if an earlier version has signed it in', async () => {
    const { storage, window } = suite.editor;
    const { id } = await signInAs('alva', 'Alva Lind');
    await storage.memory.update('accounts', undefined);
    using updated = new TestWindow(storage);
    await updated.provider.removeSession(id);
    await window.store.reread(id);
    const noor = await signInAs('noor', 'Alva Lind', SCOPES, updated);
    assert.equal(noor.account.label, 'Alva Lind (noor)');
  });

  it('is what is seen of the name, or else the ID of the profile', async () => {
    const { messages } = suite.editor;
    const alva = await signInAs('alva', 'Alva\n\u202ELind');
    assert.equal(alva.account.label, 'Alva Lind');
    const noor = await signInAs('noor', '\u3164');
    assert.equal(noor.account.label, 'noor');
    await messages.waitFor(/^You are signed in to Spotify as noor\.$/);
  });

  it('is never one with which VS Code would take a user for an app', async () => {
    // The label of an app in the provider “spotify-app”.
    const ofApp = `${DEMO_CLIENT_ID.slice(0, 8)}…`;
    const { account } = await signInAs('alva', `app-${ofApp}`);
    assert.notEqual(`spotify-${account.label}`, `spotify-app-${ofApp}`);
    assert.equal(account.label, `“app-${ofApp}”`);
  });

  it('does not change for an account that is signed in', async () => {
    const { window, storage } = suite.editor;
    const { account } = await signInAs('alva', 'Alva Lind');
    const label = ' Al\u200Bva\u3164 ';
    await window.age({ account: { ...storage.record().account, label } });
    const again = await signInAs('alva', 'Alva Lind', ['user-top-read']);
    assert.deepEqual(again.account, { ...account, label });
    const [listed] = await window.provider.getSessions(undefined);
    assert.equal(listed?.account.label, label);
  });
});
