import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAppAccessToken } from '../../src/commands/getAppAccessToken.ts';
import type { Spotify } from '../spotify/index.ts';
import { AppEditor } from './appEditor.ts';
import { eventually } from './eventually.ts';
import { OwnProvider } from './ownProvider.ts';
import { startConfiguredSpotify } from './standIn.ts';

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
    const message = await editor.messages.waitFor(/^Spotify now refuses the client secret/);
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
    (await editor.messages.waitFor(/^Spotify now refuses/)).answer('Keep It');
    await eventually(() => editor.kept.includes('"isKept":true'));
    assert.equal((await editor.provider.getSessions(undefined)).length, 1);

    using later = new OwnProvider(editor.storage);
    assert.deepEqual(await later.built.app.provider.getSessions([]), []);
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
    (await editor.messages.waitFor(/^Spotify now refuses/)).answer('Enter Another');
    (await editor.inputs.box()).close();
    await eventually(() => editor.kept === '');
  });

  it('stays when it is kept, whatever becomes of an older message', async () => {
    await editor.outdate();
    await editor.provider.getSessions([]);
    const older = await editor.messages.waitFor(/^Spotify now refuses/);
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
    (await editor.messages.waitFor(/^Spotify now refuses/)).answer('Enter Another');
    await editor.type();
    await eventually(() => editor.kept.includes(editor.app.clientSecret));
    const [after] = await editor.provider.getSessions([]);
    assert.equal(after?.id, before?.id);
  });
});
