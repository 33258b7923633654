import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/flows/pasteFlow.ts and src/flows/pasteBox.ts. */
describe('a sign-in whose only flow is paste', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  beforeEach(() => suite.editor.window.moveTo({ pageHost: 'code.example.com' }));

  const ask = () => suite.editor.window.provider.createSession(SCOPES);

  /** Opens the copied link, and pastes the address on which the browser ends. */
  async function paste(): Promise<void> {
    const { editor } = suite;
    const box = await editor.inputs.box();
    box.type((await endOf(editor.outside.copied)).href);
    box.accept();
  }

  it('copies its link, opens no browser, and returns the account', async () => {
    const { editor } = suite;
    const asked = ask();
    await paste();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.deepEqual([editor.window.opened, editor.outside.opened], [[], []]);
  });

  it('is cancelled without a message if the user closes its box', async () => {
    const { editor } = suite;
    const asked = ask();
    (await editor.inputs.box()).close();
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual(editor.messages.texts, []);
    assert.equal(editor.window.running, undefined);
  });

  it('closes its box when it is cancelled', async () => {
    const { editor } = suite;
    const asked = ask();
    const box = await editor.inputs.box();
    editor.progress.latest.cancel();
    await assert.rejects(asked, vscode.CancellationError);
    assert.equal(box.isOpen, false);
  });

  it('shows its box again after another question has replaced it', async () => {
    const { spotify, editor } = suite;
    const asked = ask();
    const box = await editor.inputs.box();
    await editor.hint();
    // No other flow works here.
    assert.deepEqual(editor.progress.latest.links, ['What does the page say?']);
    for (const answer of [undefined, 'The page cannot be reached']) {
      editor.click('What does the page say?');
      const pick = await editor.inputs.pick();
      assert.equal(box.isOpen, false);
      if (answer) pick.choose(answer);
      else pick.close();
      await editor.inputs.box();
    }
    await paste();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(spotify.requests.count('authorize'), 1);
  });

  it('can still be cancelled after another question', async () => {
    const { editor } = suite;
    const asked = ask();
    await editor.inputs.box();
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).close();
    (await editor.inputs.box()).close();
    await assert.rejects(asked, vscode.CancellationError);
  });

  it('can replace another flow, and another flow can replace it, as the user chooses', async () => {
    const { editor } = suite;
    editor.window.moveTo({ pageHost: 'localhost' });
    editor.window.browse = () => undefined;
    const asked = ask();
    const first = await editor.page();
    await editor.hint();
    editor.click('Try another way');
    const pick = await editor.inputs.pick();
    assert.deepEqual(pick.labels, ['Paste the address']);
    pick.choose('Paste the address');
    const box = await editor.inputs.box();
    await editor.hint();
    editor.window.browse = (url) => void fetch(url);
    editor.click('Try another way');
    (await editor.inputs.pick()).choose('Automatically');
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(box.isOpen, false);
    const states = [first, editor.outside.copied, await editor.page(2)].map((url) =>
      new URL(url).searchParams.get('state'),
    );
    assert.equal(new Set(states).size, 3);
  });
});
