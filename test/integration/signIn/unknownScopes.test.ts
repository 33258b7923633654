import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

describe('a scope that Spotify does not know', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  /** Requests a scope that Spotify knows, and two that it does not know. */
  async function ask() {
    const { editor } = suite;
    const scopes = ['user-top-read', 'user-read-mind', 'user-modify-mood'];
    const asked = editor.window.provider.createSession(scopes);
    const question = await editor.messages.waitFor(/: user-read-mind, user-modify-mood\.$/);
    return { asked, question, scopes };
  }

  const askedFor = () =>
    suite.spotify.requests.to('authorize').map(({ query }) => query.get('scope'));

  it('is named before the browser opens', async () => {
    const { editor } = suite;
    const { asked, question } = await ask();
    assert.notEqual(question.detail, undefined);
    assert.deepEqual(question.buttons, ['Leave Out', 'Ask Anyway']);
    assert.deepEqual(editor.window.opened, []);
    question.answer();
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual(editor.window.opened, []);
    assert.equal(editor.messages.all.length, 1);
  });

  it('is not sent to Spotify if the user leaves it out, and the session still matches the request', async () => {
    const { editor } = suite;
    const { asked, question, scopes } = await ask();
    question.answer('Leave Out');
    assert.deepEqual((await asked).scopes, scopes);
    assert.deepEqual(askedFor(), ['user-top-read']);
    assert.deepEqual(editor.storage.record().scopes, ['user-top-read']);
    const [found] = await editor.window.provider.getSessions(scopes);
    assert.equal(found?.id, (await asked).id);
    assert.deepEqual(await editor.window.provider.getSessions(['user-read-private']), []);
  });

  it('is sent to Spotify if the user chooses Ask Anyway', async () => {
    const { editor } = suite;
    const { asked, question, scopes } = await ask();
    question.answer('Ask Anyway');
    await editor.page();
    editor.progress.latest.cancel();
    await assert.rejects(asked, vscode.CancellationError);
    assert.equal(new URL(await editor.page()).searchParams.get('scope'), scopes.join(' '));
  });

  it('is the only reason for the question: known scopes cause none', async () => {
    const { editor } = suite;
    await editor.window.provider.createSession(['user-top-read', 'streaming']);
    assert.deepEqual(editor.messages.texts, []);
  });
});
