import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAppAccessToken } from '../../src/commands/getAppAccessToken.ts';
import { refreshAccessToken } from '../../src/commands/refreshAccessToken.ts';
import { type App, readyFaults, type Spotify } from '../spotify/index.ts';
import { useDemoApp, useNewApp } from './asConsumer.ts';
import { Environment } from './environment.ts';
import { eventually } from './eventually.ts';
import { HeldTimers } from './heldTimers.ts';
import { GuidedEditor } from './guidedEditor.ts';
import { moveClock, resetClock } from '../unit/sessions/clock.ts';
import { Settings } from './settings.ts';
import { startConfiguredSpotify } from './standIn.ts';

describe('the client secret of the app', () => {
  let spotify: Spotify;
  let app: App;
  let editor: GuidedEditor;
  let environment: Environment;

  before(async () => (spotify = await startConfiguredSpotify()));
  after(() => spotify.close());
  beforeEach(async () => {
    app = await useNewApp(spotify);
    editor = new GuidedEditor();
    environment = new Environment();
  });
  afterEach(async () => {
    resetClock();
    await editor[Symbol.asyncDispose]();
    environment[Symbol.dispose]();
    await useDemoApp();
    spotify.requests.clear();
    spotify.faults.clear();
  });

  const provider = () => editor.window.built.app.provider;
  const kept = () => [...editor.storage.secrets.stored.values()].join();

  /** Types a secret into the box that is open. */
  async function type(secret: string): Promise<void> {
    const box = await editor.inputs.box();
    box.type(secret);
    box.accept();
    await eventually(() => !box.isOpen);
  }

  const refusal = () =>
    eventually(() => editor.messages.all.find(({ text }) => text.includes('refuses this client')));

  /** Has one that was good be refused from now on, as after a new one in the dashboard. */
  async function outdated(): Promise<void> {
    const creating = provider().createSession([]);
    await type(app.clientSecret);
    await creating;
    Object.assign(app, { clientSecret: 'new'.padEnd(32, '0') });
    moveClock(3600);
  }

  it('is said to be refused, and another is asked for', async () => {
    const creating = provider().createSession([]);
    await type('wrong');
    const message = await refusal();
    assert.deepEqual([message.detail !== undefined, message.severity], [true, 'warning']);
    assert.deepEqual(message.buttons, ['Enter Another', 'Keep It']);
    assert.ok(!kept().includes('wrong'));
    message.answer('Enter Another');
    await type(app.clientSecret);
    await creating;
    assert.ok(kept().includes(app.clientSecret) && !kept().includes('wrong'));
  });

  it('is not kept when it is refused and the person closes the message', async () => {
    const creating = provider().createSession([]);
    await type('wrong');
    (await refusal()).answer();
    await assert.rejects(creating, vscode.CancellationError);
    assert.ok(!kept().includes('wrong'));
  });

  it('is kept though it is refused if the person says so, and is tried again', async () => {
    const creating = provider().createSession([]);
    const secret = 'cafe'.padEnd(32, '0');
    await type(secret);
    (await refusal()).answer('Keep It');
    await assert.rejects(creating, vscode.CancellationError);
    assert.ok(kept().includes(secret));
    assert.deepEqual(await provider().getSessions([]), []);
    assert.equal(editor.messages.all.length, 1);
    Object.assign(app, { clientSecret: secret });
    moveClock(5);
    assert.equal((await provider().getSessions([])).length, 1);
  });

  it('is kept where Spotify cannot say whether it is right', async () => {
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(60) });
    const creating = provider().createSession([]);
    await type(app.clientSecret);
    await assert.rejects(creating, vscode.CancellationError);
    await editor.messages.waitFor(/^Spotify cannot say at the moment whether the client secret/);
    moveClock(61);
    spotify.faults.clear();
    assert.equal((await provider().getSessions([])).length, 1);
  });

  it('is not asked for a second time when the person closes the box', async () => {
    const creating = provider().createSession([]);
    (await editor.inputs.box()).close();
    await assert.rejects(creating, vscode.CancellationError);
    assert.deepEqual([editor.inputs.open, editor.messages.all], [undefined, []]);
  });

  it('comes after the client ID where none is set', async () => {
    await useDemoApp();
    environment.set('SPOTIFY_SDK_CLIENT_ID', undefined);
    await using settings = new Settings();
    await settings.set('clientId', '');
    const creating = provider().createSession([]);
    await eventually(() => editor.inputs.open);
    assert.match(String(editor.inputs.open?.title), /^Set Up Spotify/);
    editor.inputs.open?.close();
    await assert.rejects(creating, vscode.CancellationError);
  });

  it('does not take the place of one that is right where Spotify cannot say what it is', async () => {
    const first = provider().createSession([]);
    await type(app.clientSecret);
    const { id } = await first;
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(60) });
    const second = provider().createSession([]);
    await type('mistyped');
    await assert.rejects(second, vscode.CancellationError);
    assert.ok(kept().includes(app.clientSecret) && !kept().includes('mistyped'));
    const [session] = await provider().getSessions([]);
    assert.equal(session?.id, id);
  });

  it('is asked for once, whoever waits for it', async () => {
    const creating = [
      provider().createSession([]),
      editor.window.context.app.sessions.signIn.run(),
    ];
    await type(app.clientSecret);
    await Promise.all(creating);
    assert.equal(editor.inputs.all.length, 1);
  });

  it('is waited for in VS Code’s queue for five minutes; then the question goes on', async () => {
    using timers = new HeldTimers(5 * 60 * 1000);
    const creating = provider().createSession([]);
    const box = await editor.inputs.box();
    timers.pass(5 * 60 * 1000);
    await assert.rejects(creating, vscode.CancellationError);
    assert.ok(box.isOpen);
    await type(app.clientSecret);
    await editor.messages.waitFor(/^The client secret of your app works\. Do again/);
    assert.equal((await provider().getSessions([])).length, 1);
  });

  it('of the environment that Spotify refuses is said to be that', async () => {
    environment.set('SPOTIFY_SDK_CLIENT_SECRET', 'wrong');
    environment.set('SPOTIFY_SDK_CLIENT_ID', app.clientId);
    await assert.rejects(provider().createSession([]), vscode.CancellationError);
    await editor.messages.waitFor(
      /^Spotify refuses the client secret in SPOTIFY_SDK_CLIENT_SECRET/,
    );
    assert.deepEqual(await provider().getSessions([]), []);
    assert.equal(editor.messages.all.length, 1);
    // Who has just said yes to VS Code’s dialog waits for something to happen.
    await assert.rejects(provider().createSession([]), vscode.CancellationError);
    assert.equal(editor.messages.all.length, 2);
  });

  describe('and the commands', () => {
    const run = () => getAppAccessToken(editor.window.context);

    it('Get App Access Token asks for it, asks again, and copies', async () => {
      const running = run();
      await type(app.clientSecret);
      const asked = await editor.messages.waitFor(/^Copy an access token of your app\?/);
      assert.match(asked.detail ?? '', /read Spotify’s catalogue as your app .* until \d+:\d\d/);
      assert.equal(editor.outside.copied, '');
      asked.answer('Copy');
      await running;
      assert.ok(spotify.tokens.accessTokens.has(editor.outside.copied));
      await editor.messages.waitFor(/^The access token of your app is copied\. It ends in/);
    });

    it('Get App Access Token copies nothing when the person does not want to', async () => {
      const running = run();
      await type(app.clientSecret);
      (await editor.messages.waitFor(/^Copy an access token/)).answer();
      await running;
      assert.equal(editor.outside.copied, '');
    });

    it('Get App Access Token says each time that Spotify refuses it', async () => {
      await outdated();
      for (const count of [1, 2]) {
        await run();
        const message = await eventually(() => editor.messages.all[count - 1]);
        assert.match(message.text, /^Spotify now refuses/);
        message.answer('Keep It');
      }
    });

    it('Refresh Access Token gets another one for the app’s session, silently', async () => {
      const creating = provider().createSession([]);
      await type(app.clientSecret);
      const { id, accessToken } = await creating;
      moveClock(61);
      await refreshAccessToken(editor.window.context, id);
      const [session] = await provider().getSessions([]);
      assert.notEqual(session?.accessToken, accessToken);
      assert.equal(session?.id, id);
      assert.deepEqual(editor.messages.all, []);
    });
  });
});
