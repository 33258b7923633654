import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAppAccessToken } from '../../../src/commands/getAppAccessToken.ts';
import { readyFaults, type App, type Spotify } from '../../spotify/index.ts';
import { moveClock } from '../../unit/sessions/clock.ts';
import { AppEditor } from '../appEditor.ts';
import { eventually } from '../eventually.ts';
import { OwnProvider } from '../ownProvider.ts';
import { Settings } from '../settings.ts';
import { startConfiguredSpotify } from '../standIn.ts';

describe('a client secret that Spotify refuses one day', () => {
  let spotify: Spotify;
  let editor: AppEditor;

  before(async () => (spotify = await startConfiguredSpotify()));
  after(() => spotify.close());
  beforeEach(async () => (editor = await AppEditor.open(spotify)));
  afterEach(async () => {
    await editor[Symbol.asyncDispose]();
    spotify.requests.clear();
    spotify.faults.clear();
  });

  it('is told of once, and forgotten unless it is to be kept', async () => {
    await editor.outdate();
    assert.deepEqual(await editor.provider.getSessions([]), []);
    assert.deepEqual(await editor.provider.getSessions([]), []);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    assert.deepEqual(message.buttons, ['Enter Another', 'Keep It']);
    assert.equal(editor.messages.all.length, 1);
    assert.notEqual(editor.kept, '');
    message.answer();
    await eventually(() => editor.kept === '');
    assert.deepEqual(await editor.provider.getSessions(undefined), []);
  });

  it('can be kept', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    (await editor.messages.waitFor(/^Spotify refuses the client secret of your app/)).answer(
      'Keep It',
    );
    await eventually(() => editor.kept.includes('"isKept":true'));
    assert.equal((await editor.provider.getSessions(undefined)).length, 1);

    using later = new OwnProvider(editor.storage);
    assert.deepEqual(await later.context.appProvider.getSessions([]), []);
    assert.equal(editor.messages.all.length, 1, 'they were told again');
    await getAppAccessToken(later.context);
    const again = await editor.messages.waitFor(/^Spotify still refuses the client secret/);
    again.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(editor.kept.includes('"isKept":true'));
  });

  it('is forgotten where no other is given in its place', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    (await editor.messages.waitFor(/^Spotify refuses the client secret of your app/)).answer(
      'Enter Another',
    );
    (await editor.inputs.box()).close();
    await eventually(() => editor.kept === '');
  });

  it('stays when it works again before the message is closed, and is told of anew the next time', async () => {
    await editor.outdate();
    const { clientSecret } = editor.app;
    await editor.provider.getSessions([]);
    const told = /^Spotify refuses the client secret of your app/;
    const first = await editor.messages.waitFor(told);
    Object.assign(editor.app, { clientSecret: (JSON.parse(editor.kept) as App).clientSecret });
    moveClock(5);
    assert.equal((await editor.provider.getSessions([])).length, 1);
    first.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.notEqual(editor.kept, '');
    Object.assign(editor.app, { clientSecret });
    moveClock(3600);
    assert.deepEqual(await editor.provider.getSessions([]), []);
    await eventually(
      () =>
        editor.messages.texts.filter((text) =>
          text.startsWith('Spotify refuses the client secret of your app'),
        ).length === 2,
    );
  });

  it('stays when it is entered again and accepted', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    const { clientSecret } = JSON.parse(editor.kept) as App;
    Object.assign(editor.app, { clientSecret });
    moveClock(5);
    message.answer('Enter Another');
    await editor.type(clientSecret);
    await editor.messages.waitFor(/^The client secret of your app works/);
    assert.ok(editor.kept.includes(clientSecret));
  });

  it('gives way to what is typed then, though Spotify cannot say whether that is right', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(60) });
    message.answer('Enter Another');
    await editor.type();
    await eventually(() => editor.kept.includes(editor.app.clientSecret));
  });

  it('is asked for again for the app that it belongs to', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    await using settings = new Settings();
    await settings.set('clientId', 'f'.repeat(32));
    message.answer('Enter Another');
    const box = await editor.inputs.box();
    assert.ok(box.prompt?.includes(editor.app.clientId.slice(0, 6)));
  });

  it('stays when it is kept, whatever becomes of an older message', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    const older = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    const secret = (JSON.parse(editor.kept) as { clientSecret: string }).clientSecret;
    const creating = editor.provider.createSession([]);
    await editor.type(secret);
    (await editor.refusal()).answer('Keep It');
    await assert.rejects(creating, vscode.CancellationError);
    older.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(editor.kept.includes(secret));
  });

  it('can be replaced, and the session goes on', async () => {
    await editor.outdate();
    const [before] = await editor.provider.getSessions(undefined);
    await editor.provider.getSessions([]);
    (await editor.messages.waitFor(/^Spotify refuses the client secret of your app/)).answer(
      'Enter Another',
    );
    await editor.type();
    await eventually(() => editor.kept.includes(editor.app.clientSecret));
    const [after] = await editor.provider.getSessions([]);
    assert.equal(after?.id, before?.id);
  });
});
