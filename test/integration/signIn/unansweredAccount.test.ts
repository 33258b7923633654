import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/signIn/account.ts and src/signIn/signIn.ts. */
describe('a sign-in after which Spotify does not say who it was', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new TestEditor() });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);
  const endpoints = () => suite.spotify.requests.all.map(({ endpoint }) => endpoint);

  /** One that fails so; what is asked from then on is counted. */
  async function fail() {
    const { spotify, editor } = suite;
    // Longer than anybody waits, so that it is not repeated.
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

  it('asks only that again, and nothing of the person', async () => {
    const { editor } = suite;
    (await fail()).answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
    assert.deepEqual(endpoints(), ['me']);
    assert.equal(editor.window.opened.length, 1);
    assert.equal(editor.storage.record().account.label, 'Alva Lind');
    assert.equal(editor.window.events.length, 1);
  });

  it('asks only that again when the extension does', async () => {
    await fail();
    assert.equal((await ask()).account.label, 'Alva Lind');
    assert.deepEqual(endpoints(), ['me']);
  });

  it('asks only that again after a second failure', async () => {
    const { spotify, editor } = suite;
    const message = await fail();
    spotify.faults.next(1, { on: 'me', ...readyFaults.quotaExceeded() });
    message.answer('Try Again');
    while (editor.messages.all.length < 2) await new Promise((done) => setImmediate(done));
    editor.messages.all[1]?.answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
    assert.deepEqual(endpoints(), ['me', 'me']);
  });

  it('asks for a consent of its own where other scopes are wanted', async () => {
    const { spotify, editor } = suite;
    await fail();
    await editor.window.provider.createSession(['user-top-read']);
    assert.equal(spotify.requests.count('authorize'), 1);
  });

  it('keeps and stores nothing where Spotify then refuses the person', async () => {
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

  for (const [what, different, text, mends] of [
    [
      'the person',
      { allowList: [] },
      /it is not on the user list of your Spotify app/,
      'Open Spotify Dashboard',
    ],
    [
      'the owner',
      { ownerHasPremium: false },
      /its owner needs Spotify Premium/,
      'Open Spotify Premium',
    ],
  ] as const) {
    it(`stores nothing where Spotify refuses ${what}, and says so`, async () => {
      const { app, editor } = suite;
      Object.assign(app, different);
      await assert.rejects(ask(), vscode.CancellationError);
      const { buttons } = await editor.messages.waitFor(text);
      assert.deepEqual(buttons, [mends, 'Try Again']);
      assert.deepEqual([editor.storage.records(), editor.window.events], [[], []]);
      assert.equal(editor.messages.all.length, 1);
    });
  }
});
