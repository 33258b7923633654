import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAppAccessToken } from '../../src/commands/getAppAccessToken.ts';
import type { App, Spotify } from '../spotify/index.ts';
import { useDemoApp, useNewApp } from './asConsumer.ts';
import { eventually } from './eventually.ts';
import { GuidedEditor } from './guidedEditor.ts';
import { moveClock, resetClock } from '../unit/sessions/clock.ts';
import { OwnProvider } from './ownProvider.ts';
import { startConfiguredSpotify } from './standIn.ts';

describe('a client secret that Spotify refuses one day', () => {
  let spotify: Spotify;
  let app: App;
  let editor: GuidedEditor;

  before(async () => (spotify = await startConfiguredSpotify()));
  after(() => spotify.close());
  beforeEach(async () => {
    app = await useNewApp(spotify);
    editor = new GuidedEditor();
  });
  afterEach(async () => {
    resetClock();
    await editor[Symbol.asyncDispose]();
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

  it('is told of once, and forgotten unless it is to be kept', async () => {
    await outdated();
    assert.deepEqual(await provider().getSessions([]), []);
    assert.deepEqual(await provider().getSessions([]), []);
    const message = await editor.messages.waitFor(/^Spotify now refuses the client secret/);
    assert.deepEqual(message.buttons, ['Enter Another', 'Keep It']);
    assert.equal(editor.messages.all.length, 1);
    assert.notEqual(kept(), '');
    message.answer();
    await eventually(() => kept() === '');
    assert.deepEqual(await provider().getSessions(undefined), []);
  });

  it('can be kept', async () => {
    await outdated();
    await provider().getSessions([]);
    (await editor.messages.waitFor(/^Spotify now refuses/)).answer('Keep It');
    await eventually(() => kept().includes('"isKept":true'));
    assert.equal((await provider().getSessions(undefined)).length, 1);

    using later = new OwnProvider(editor.storage);
    assert.deepEqual(await later.built.app.provider.getSessions([]), []);
    assert.equal(editor.messages.all.length, 1, 'they were told again');
    await getAppAccessToken(later.context);
    const again = await editor.messages.waitFor(/^Spotify still refuses the client secret/);
    again.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(kept().includes('"isKept":true'));
  });

  it('is forgotten where no other is given in its place', async () => {
    await outdated();
    await provider().getSessions([]);
    (await editor.messages.waitFor(/^Spotify now refuses/)).answer('Enter Another');
    (await editor.inputs.box()).close();
    await eventually(() => kept() === '');
  });

  it('stays when it is kept, whatever becomes of an older message', async () => {
    await outdated();
    await provider().getSessions([]);
    const older = await editor.messages.waitFor(/^Spotify now refuses/);
    const secret = (JSON.parse(kept()) as { clientSecret: string }).clientSecret;
    const creating = provider().createSession([]);
    await type(secret);
    (await refusal()).answer('Keep It');
    await assert.rejects(creating, vscode.CancellationError);
    older.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(kept().includes(secret));
  });

  it('can be replaced, and the session goes on', async () => {
    await outdated();
    const [before] = await provider().getSessions(undefined);
    await provider().getSessions([]);
    (await editor.messages.waitFor(/^Spotify now refuses/)).answer('Enter Another');
    await type(app.clientSecret);
    await eventually(() => kept().includes(app.clientSecret));
    const [after] = await provider().getSessions([]);
    assert.equal(after?.id, before?.id);
  });
});
