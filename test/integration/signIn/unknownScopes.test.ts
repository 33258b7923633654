import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Spotify } from '../../spotify/index.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { startConfiguredSpotify } from '../standIn.ts';

describe('a scope that Spotify does not know', () => {
  let spotify: Spotify;
  let editor: InteractiveEditor;

  before(async () => (spotify = await startConfiguredSpotify()));
  after(() => spotify.close());
  beforeEach(() => (editor = new InteractiveEditor()));
  afterEach(async () => {
    await editor[Symbol.asyncDispose]();
    spotify.requests.clear();
  });

  /** Asks for a scope that there is, and for two that there are not. */
  async function ask() {
    const scopes = ['user-top-read', 'user-read-mind', 'user-modify-mood'];
    const asked = editor.window.provider.createSession(scopes);
    const question = await editor.messages.waitFor(/: user-read-mind, user-modify-mood\.$/);
    return { asked, question, scopes };
  }

  const askedFor = () => spotify.requests.to('authorize').map(({ query }) => query.get('scope'));

  it('is named before the browser opens', async () => {
    const { asked, question } = await ask();
    assert.notEqual(question.detail, undefined);
    assert.deepEqual(question.buttons, ['Leave Out', 'Ask Anyway']);
    assert.deepEqual(editor.window.opened, []);
    question.answer();
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual(editor.window.opened, []);
    assert.equal(editor.messages.all.length, 1);
  });

  it('is not asked for where it is left out, and the session is what was asked for', async () => {
    const { asked, question, scopes } = await ask();
    question.answer('Leave Out');
    assert.deepEqual((await asked).scopes, scopes);
    assert.deepEqual(askedFor(), ['user-top-read']);
    assert.deepEqual(editor.storage.record().scopes, ['user-top-read']);
    const [found] = await editor.window.provider.getSessions(scopes);
    assert.equal(found?.id, (await asked).id);
    assert.deepEqual(await editor.window.provider.getSessions(['user-read-private']), []);
  });

  it('is asked for where the person wants it to be', async () => {
    const { asked, question, scopes } = await ask();
    question.answer('Ask Anyway');
    await editor.page();
    editor.progress.latest.cancel();
    await assert.rejects(asked, vscode.CancellationError);
    assert.equal(new URL(await editor.page()).searchParams.get('scope'), scopes.join(' '));
  });

  it('is not what a person is asked about where Spotify knows all of them', async () => {
    await editor.window.provider.createSession(['user-top-read', 'streaming']);
    assert.deepEqual(editor.messages.texts, []);
  });
});
