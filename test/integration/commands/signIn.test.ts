import assert from 'node:assert/strict';
import { signIn } from '../../../src/commands/signIn.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

describe('the command Sign In', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  const dialogs = () =>
    suite.spotify.requests.to('authorize').map(({ query }) => query.get('show_dialog'));

  it('names the account, and lets the user choose another if one is signed in', async () => {
    const { spotify, editor } = suite;
    const { window, messages, storage } = editor;
    await signIn(window.context);
    spotify.behaviour.consent = { agreeAs: 'noor' };
    await signIn(window.context);
    const greetings = messages.greetings.map(({ text }) => text);
    assert.deepEqual(greetings, [
      'You are signed in to Spotify as Alva Lind.',
      'You are signed in to Spotify as Noor Haddad.',
    ]);
    assert.deepEqual(messages.texts, []);
    assert.deepEqual(dialogs(), [null, 'true']);
    const scopes = storage.records().map((session) => session.scopes);
    assert.deepEqual(scopes, [['user-read-private'], ['user-read-private']]);
  });

  it('renews the session if the same account is signed in already', async () => {
    const { window, messages, storage } = suite.editor;
    await signIn(window.context);
    const { id, consentedAt } = storage.record();
    await signIn(window.context);
    assert.equal(storage.record().id, id);
    assert.ok(storage.record().consentedAt > consentedAt);
    assert.equal(messages.greetings.length, 2);
  });

  it('says once that the user has declined', async () => {
    const { spotify, editor } = suite;
    spotify.behaviour.consent = 'deny';
    await signIn(editor.window.context);
    assert.equal(editor.messages.all.length, 1);
    await editor.messages.waitFor(/^You declined access on Spotify’s page/);
  });

  it('says nothing if the user cancels', async () => {
    const { spotify, editor } = suite;
    spotify.behaviour.consent = 'ask';
    const signingIn = signIn(editor.window.context);
    await editor.page();
    await eventually(() => spotify.pending.size > 0);
    editor.progress.latest.cancel();
    await signingIn;
    assert.deepEqual([editor.messages.all, editor.storage.records()], [[], []]);
  });
});
