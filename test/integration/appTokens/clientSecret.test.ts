import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAppAccessToken } from '../../../src/commands/getAppAccessToken.ts';
import { refreshAccessToken } from '../../../src/commands/refreshAccessToken.ts';
import { readyFaults } from '../../spotify/index.ts';
import { useDemoApp } from '../asConsumer.ts';
import { AppEditor } from '../appEditor.ts';
import { eventually } from '../eventually.ts';
import { HeldTimers } from '../heldTimers.ts';
import { moveClock } from '../../unit/sessions/clock.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

/** About src/appTokens/appSignIn.ts and src/commands/getAppAccessToken.ts. */
describe('the client secret of the app', () => {
  const suite = integrationSuite({ ownApp: true, editor: ({ app }) => new AppEditor(app) });

  it('can be entered again when Spotify refuses it', async () => {
    const { editor } = suite;
    const creating = editor.provider.createSession([]);
    await editor.enterSecret('wrong');
    const message = await editor.refusal();
    assert.deepEqual([message.detail !== undefined, message.severity], [true, 'warning']);
    assert.deepEqual(message.buttons, ['Enter Another Secret', 'Keep It']);
    assert.ok(!editor.storedSecrets.includes('wrong'));
    message.answer('Enter Another Secret');
    await editor.enterSecret();
    await creating;
    assert.ok(
      editor.storedSecrets.includes(editor.app.clientSecret) &&
        !editor.storedSecrets.includes('wrong'),
    );
  });

  it('is not stored if Spotify refuses it and the user closes the dialog', async () => {
    const { editor } = suite;
    const creating = editor.provider.createSession([]);
    await editor.enterSecret('wrong');
    (await editor.refusal()).answer();
    await assert.rejects(creating, vscode.CancellationError);
    assert.ok(!editor.storedSecrets.includes('wrong'));
  });

  it('is stored if Spotify refuses it and the user chooses to keep it, and is tried again', async () => {
    const { editor } = suite;
    const added: number[] = [];
    await editor.provider.getSessions(undefined);
    editor.provider.onDidChangeSessions((change) =>
      added.push(...(change.added ?? []).map(({ scopes }) => scopes.length)),
    );
    const creating = editor.provider.createSession([]);
    const secret = 'cafe'.padEnd(32, '0');
    await editor.enterSecret(secret);
    (await editor.refusal()).answer('Keep It');
    await assert.rejects(creating, vscode.CancellationError);
    assert.ok(editor.storedSecrets.includes(secret));
    assert.deepEqual(await editor.provider.getSessions([]), []);
    assert.equal(editor.messages.all.length, 1);
    // A refused secret satisfies no request, so no request is withdrawn from the Accounts menu.
    assert.deepEqual(added, [0]);
    Object.assign(editor.app, { clientSecret: secret });
    moveClock(5);
    assert.equal((await editor.provider.getSessions([])).length, 1);
  });

  it('is stored if Spotify cannot check it', async () => {
    const { spotify, editor } = suite;
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(60) });
    const creating = editor.provider.createSession([]);
    await editor.enterSecret();
    await assert.rejects(creating, vscode.CancellationError);
    await editor.messages.waitFor(/^Spotify cannot check the client secret at the moment/);
    moveClock(61);
    spotify.faults.clear();
    assert.equal((await editor.provider.getSessions([])).length, 1);
  });

  it('is asked for only once if the user closes the box', async () => {
    const { editor } = suite;
    const creating = editor.provider.createSession([]);
    (await editor.inputs.box()).close();
    await assert.rejects(creating, vscode.CancellationError);
    assert.deepEqual([editor.inputs.open, editor.messages.all], [undefined, []]);
  });

  it('is asked for after the client ID if that is not configured', async () => {
    const { editor } = suite;
    await useDemoApp();
    editor.environment.set('SPOTIFY_SDK_CLIENT_ID', undefined);
    await using settings = new Settings();
    await settings.set('clientId', '');
    const creating = editor.provider.createSession([]);
    await eventually(() => editor.inputs.open);
    assert.match(String(editor.inputs.open?.title), /^Set Up Spotify/);
    editor.inputs.open?.close();
    await assert.rejects(creating, vscode.CancellationError);
  });

  it('does not replace an accepted secret if Spotify cannot check the new one', async () => {
    const { spotify, editor } = suite;
    const first = editor.provider.createSession([]);
    await editor.enterSecret();
    const { id } = await first;
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(60) });
    const second = editor.provider.createSession([]);
    await editor.enterSecret('mistyped');
    await assert.rejects(second, vscode.CancellationError);
    assert.ok(
      editor.storedSecrets.includes(editor.app.clientSecret) &&
        !editor.storedSecrets.includes('mistyped'),
    );
    const [session] = await editor.provider.getSessions([]);
    assert.equal(session?.id, id);
  });

  it('is asked for once for several callers', async () => {
    const { editor } = suite;
    const creating = [
      editor.provider.createSession([]),
      editor.window.context.appSessions.signIn.run(),
    ];
    await editor.enterSecret();
    await Promise.all(creating);
    assert.equal(editor.inputs.all.length, 1);
  });

  it('holds VS Code’s queue for five minutes at most, and can be entered after that', async () => {
    const { editor } = suite;
    using timers = new HeldTimers(5 * 60 * 1000);
    const creating = editor.provider.createSession([]);
    const box = await editor.inputs.box();
    timers.pass(5 * 60 * 1000);
    await assert.rejects(creating, vscode.CancellationError);
    assert.ok(box.isOpen);
    await editor.enterSecret();
    await editor.messages.waitFor(/^The client secret of your app works\. Repeat the action/);
    assert.equal((await editor.provider.getSessions([])).length, 1);
  });

  it('is reported as the environment’s if Spotify refuses that one', async () => {
    const { editor } = suite;
    editor.environment.set('SPOTIFY_SDK_CLIENT_SECRET', 'wrong');
    editor.environment.set('SPOTIFY_SDK_CLIENT_ID', editor.app.clientId);
    await assert.rejects(editor.provider.createSession([]), vscode.CancellationError);
    await editor.messages.waitFor(
      /^Spotify refuses the client secret in the environment variable SPOTIFY_SDK_CLIENT_SECRET/,
    );
    assert.deepEqual(await editor.provider.getSessions([]), []);
    assert.equal(editor.messages.all.length, 1);
    // The user has just allowed the sign-in in VS Code’s dialog, and so is told again.
    await assert.rejects(editor.provider.createSession([]), vscode.CancellationError);
    assert.equal(editor.messages.all.length, 2);
  });

  describe('in the commands', () => {
    const run = () => getAppAccessToken(suite.editor.window.context);

    it('Get App Access Token asks for it, warns, and copies a token', async () => {
      const { spotify, editor } = suite;
      const running = run();
      await editor.enterSecret();
      const asked = await editor.messages.waitFor(/^Copy an access token of your app\?/);
      assert.match(asked.detail ?? '', /^Until \d+:\d\d.* Spotify’s catalogue as your app /);
      assert.equal(editor.outside.copied, '');
      asked.answer('Copy');
      await running;
      assert.ok(spotify.tokens.accessTokens.has(editor.outside.copied));
      await editor.messages.waitFor(/^The access token of your app is copied\. It expires in/);
    });

    it('Get App Access Token copies a valid token, even if the question was open for an hour', async () => {
      const { spotify, editor } = suite;
      const running = getAppAccessToken(editor.window.context);
      await editor.enterSecret();
      const asked = await editor.messages.waitFor(/^Copy an access token/);
      moveClock(3600);
      asked.answer('Copy');
      await running;
      assert.equal(spotify.requests.count('token', 'client_credentials'), 2);
      const newest = [...spotify.tokens.accessTokens.keys()].at(-1);
      assert.equal(editor.outside.copied, newest);
    });

    it('Get App Access Token copies nothing if the user closes the question', async () => {
      const { editor } = suite;
      const running = run();
      await editor.enterSecret();
      (await editor.messages.waitFor(/^Copy an access token/)).answer();
      await running;
      assert.equal(editor.outside.copied, '');
    });

    it('Get App Access Token reports each time that Spotify refuses it', async () => {
      const { editor } = suite;
      await editor.storeOutdatedSecret();
      const told = () => editor.messages.texts.filter((text) => text.includes('refuses')).length;
      await editor.provider.getSessions([]);
      await eventually(() => told() === 1);
      await run();
      await eventually(() => told() === 2);
      // VS Code closes the first of two messages with the same text.
      editor.messages.all[0]?.answer();
      await new Promise((resolve) => setImmediate(resolve));
      assert.notEqual(editor.storedSecrets, '');
      editor.messages.all[1]?.answer();
      await eventually(() => editor.storedSecrets === '');
    });

    it('Refresh Access Token gets a new token for the app’s session, without a message', async () => {
      const { editor } = suite;
      const creating = editor.provider.createSession([]);
      await editor.enterSecret();
      const { id, accessToken } = await creating;
      moveClock(61);
      await refreshAccessToken(editor.window.context, id);
      const [session] = await editor.provider.getSessions([]);
      assert.notEqual(session?.accessToken, accessToken);
      assert.equal(session?.id, id);
      assert.deepEqual(editor.messages.all, []);
    });
  });
});
