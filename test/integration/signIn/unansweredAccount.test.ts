import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/signIn/account.ts and src/signIn/signIn.ts. */
describe('a sign-in after which Spotify does not name the account', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new TestEditor() });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);
  const endpoints = () => suite.spotify.requests.all.map(({ endpoint }) => endpoint);

  /** Has a sign-in fail like this, and returns its message. Clears the requests so far. */
  async function fail() {
    const { spotify, editor } = suite;
    // The wait is so long that the request is not repeated.
    spotify.faults.next(1, { on: 'me', ...readyFaults.quotaExceeded() });
    await assert.rejects(ask(), vscode.CancellationError);
    const message = await editor.messages.waitFor(
      /^Spotify cannot tell at the moment which account signed in/,
    );
    assert.deepEqual(message.buttons, ['Try Again', 'Show Log']);
    assert.deepEqual(editor.storage.records(), []);
    spotify.requests.clear();
    return message;
  }

  it('requests only the account when the user chooses Try Again, and opens no page', async () => {
    const { editor } = suite;
    (await fail()).answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
    assert.deepEqual(endpoints(), ['me']);
    assert.equal(editor.window.opened.length, 1);
    assert.equal(editor.storage.record().account.label, 'Alva Lind');
    assert.equal(editor.window.events.length, 1);
  });

  it('requests only the account when the extension asks for the session again', async () => {
    await fail();
    assert.equal((await ask()).account.label, 'Alva Lind');
    assert.deepEqual(endpoints(), ['me']);
  });

  it('requests only the account after a second failure', async () => {
    const { spotify, editor } = suite;
    const message = await fail();
    spotify.faults.next(1, { on: 'me', ...readyFaults.quotaExceeded() });
    message.answer('Try Again');
    while (editor.messages.all.length < 2) await new Promise((done) => setImmediate(done));
    editor.messages.all[1]?.answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
    assert.deepEqual(endpoints(), ['me', 'me']);
  });

  it('needs another consent if the next request is for other scopes', async () => {
    const { spotify, editor } = suite;
    await fail();
    await editor.window.provider.createSession(['user-top-read']);
    assert.equal(spotify.requests.count('authorize'), 1);
  });

  it('stores nothing and needs another consent if Spotify then refuses the user', async () => {
    const { spotify, app, editor } = suite;
    const message = await fail();
    app.allowList = [];
    message.answer('Try Again');
    const refusal = await editor.messages.waitFor(/it is not on the user list of your Spotify app/);
    assert.deepEqual(editor.storage.records(), []);
    app.allowList = 'everyone';
    refusal.answer('Try Again');
    await editor.messages.waitFor(/^You are signed in/);
    assert.equal(spotify.requests.count('authorize'), 1);
  });

  for (const [what, different, text, remedy] of [
    [
      'the user',
      { allowList: [] },
      /it is not on the user list of your Spotify app/,
      'Open Spotify Dashboard',
    ],
    [
      'the owner of the app',
      { ownerHasPremium: false },
      /its owner needs Spotify Premium/,
      'Open Spotify Premium',
    ],
  ] as const) {
    it(`stores nothing if Spotify refuses ${what}, and tells the user why`, async () => {
      const { app, editor } = suite;
      Object.assign(app, different);
      await assert.rejects(ask(), vscode.CancellationError);
      const { buttons } = await editor.messages.waitFor(text);
      assert.deepEqual(buttons, [remedy, 'Try Again']);
      assert.deepEqual([editor.storage.records(), editor.window.events], [[], []]);
      assert.equal(editor.messages.all.length, 1);
    });
  }
});
