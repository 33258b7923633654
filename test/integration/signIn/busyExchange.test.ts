import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Fault, readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { ShownProgress } from '../shownProgress.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/signIn/browserTrip.ts and src/signIn/signIn.ts. */
describe('a sign-in whose code Spotify does not exchange', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new TestEditor() });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);
  const next = (fault: Fault, count = 1) =>
    suite.spotify.faults.next(count, { on: 'token', ...fault });

  for (const [what, fault] of [
    ['the pause of a 429', readyFaults.tooManyRequests(1)],
    ['a 5xx', readyFaults.upstreamConnectError],
  ] as const) {
    it(`goes on after ${what}, with one consent`, async () => {
      next(fault);
      assert.equal((await ask()).account.label, 'Alva Lind');
      assert.equal(suite.spotify.requests.count('authorize'), 1);
      assert.equal(suite.spotify.requests.count('token', 'authorization_code'), 2);
    });
  }

  for (const [what, fault, count, text] of [
    ['a long pause', readyFaults.tooManyRequests(3600), 1, /^Spotify is too busy/],
    ['two 5xx', readyFaults.internalServerError, 2, /^Spotify is too busy/],
    ['a redirect', { status: 302, headers: { Location: '/portal' } }, 1, /cannot be reached/],
  ] as const) {
    it(`needs no second consent after ${what}, when the user chooses Try Again`, async () => {
      const { editor, spotify } = suite;
      next(fault, count);
      await assert.rejects(ask(), vscode.CancellationError);
      const message = await editor.messages.waitFor(text);
      assert.match(message.text, /You do not have to agree a second time\.$/);
      message.answer('Try Again');
      await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
      assert.equal(spotify.requests.count('authorize'), 1);
      assert.equal(editor.window.opened.length, 1);
    });
  }

  it('says why it waits, when the code of the earlier consent meets a pause, too', async () => {
    using progress = new ShownProgress();
    next(readyFaults.tooManyRequests(3600));
    await assert.rejects(ask(), vscode.CancellationError);
    next(readyFaults.tooManyRequests(1));
    assert.equal((await ask()).account.label, 'Alva Lind');
    assert.ok(progress.latest.said.includes('Spotify is busy; trying again in 1 s…'));
  });

  it('needs a second consent after a broken connection: Spotify may have used the code', async () => {
    const { window, messages } = suite.editor;
    next({ reset: true });
    await assert.rejects(ask(), vscode.CancellationError);
    const message = await messages.waitFor(/^Spotify cannot be reached\. .*proxy settings\.$/);
    message.answer('Show Log');
    assert.equal(await eventually(() => window.logShown || undefined), 1);
    assert.equal((await ask()).account.label, 'Alva Lind');
    assert.equal(suite.spotify.requests.count('authorize'), 2);
  });

  it('needs a second consent if the code is no longer valid', async () => {
    next(readyFaults.tooManyRequests(3600));
    await assert.rejects(ask(), vscode.CancellationError);
    next({ status: 400, body: '{"error":"invalid_grant"}' });
    assert.equal((await ask()).account.label, 'Alva Lind');
    assert.equal(suite.spotify.requests.count('authorize'), 2);
  });
});
