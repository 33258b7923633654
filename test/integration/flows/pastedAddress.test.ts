import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callbackUri } from '../../../src/flows/queryEnvironment.ts';
import { relayFlow } from '../../../src/flows/relayFlow.ts';
import type { RefreshLock } from '../../../src/sessions/acrossWindows.ts';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/flows/pasteBox.ts and src/signIn/signInHelp.ts. */
describe('a pasted address', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  beforeEach(() => {
    // The user opens the link in a browser that the extension does not control.
    suite.editor.window.browse = () => undefined;
  });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);

  /** Opens the box of a sign-in that waits for its browser. */
  async function askAndOpenBox() {
    const { editor } = suite;
    const asked = ask();
    const page = await editor.page();
    editor.click('Paste the address');
    return { asked, page, box: await editor.inputs.box() };
  }

  it('completes the sign-in that waits for its browser, by the link of that sign-in', async () => {
    const { spotify, editor } = suite;
    const { asked, page, box } = await askAndOpenBox();
    assert.equal(editor.outside.copied, page);
    const redirectUri = new URL(page).searchParams.get('redirect_uri') ?? '';
    assert.ok(box.prompt?.includes(redirectUri));
    box.type((await endOf(page)).href);
    assert.equal(box.validationMessage, undefined);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(box.isOpen, false);
    assert.deepEqual(editor.window.opened, [page]);
    assert.equal(spotify.requests.count('authorize'), 1);
    await assert.rejects(fetch(redirectUri), TypeError);
  });

  it('is not needed if the user copies the link to a browser on this computer', async () => {
    const { editor } = suite;
    const asked = ask();
    const page = await editor.page();
    editor.click('Copy sign-in link');
    await editor.messages.waitFor(/^The sign-in link is copied\. Open it in any browser\./);
    assert.equal(editor.outside.copied, page);
    await fetch(page);
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('is no longer needed once the browser returns by itself, and the box closes', async () => {
    const { asked, page, box } = await askAndOpenBox();
    await fetch(page);
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(box.isOpen, false);
  });

  it('is not required: the sign-in goes on if the user closes the box, and they can open it again', async () => {
    const { editor } = suite;
    const { asked, page, box } = await askAndOpenBox();
    box.close();
    editor.click('Paste the address');
    const again = await editor.inputs.box();
    assert.notEqual(again, box);
    again.type((await endOf(page)).search);
    again.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.deepEqual(editor.messages.texts, []);
  });

  it('is filled in if the user has copied it already', async () => {
    const { editor } = suite;
    const asked = ask();
    editor.outside.copied = (await endOf(await editor.page())).href;
    editor.click('Paste the address');
    const box = await editor.inputs.box();
    assert.equal(await eventually(() => box.value || undefined), editor.outside.copied);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('is accepted only if it is the answer to this sign-in', async () => {
    const { asked, page, box } = await askAndOpenBox();
    const end = await endOf(page);
    const { state = '' } = Object.fromEntries(end.searchParams);
    for (const [text, complaint] of [
      [page, /“code=” and “state=”/],
      [new URL(page).searchParams.get('redirect_uri') ?? '', /“code=” and “state=”/],
      [end.href.replace(/&?state=[^&]*/, ''), /“code=” and “state=”/],
      [`${end.href}&code=2`, /“code=” and “state=”/],
      [`${end.href}&state=${state}`, /“code=” and “state=”/],
      [end.href.replace(state, 'x'.repeat(43)), /belongs to another sign-in/],
      ['what is this', /“code=” and “state=”/],
      ['', /^Nothing is pasted yet/],
    ] as const) {
      box.type(text);
      box.accept();
      assert.match(box.complaint, complaint, text);
      assert.ok(box.isOpen, text);
    }
    assert.equal(suite.spotify.requests.count('token'), 0);
    box.type('');
    assert.equal(box.validationMessage, undefined);
    box.type(` ${end.href}\n`);
    box.accept();
    await asked;
  });

  it('is accepted with what copying adds to it', async () => {
    const { asked, page, box } = await askAndOpenBox();
    const { href } = await endOf(page);
    box.type(` \u200b“<${href.replace('code=', 'code=\r\n  ')}>”.`);
    assert.equal(box.validationMessage, undefined);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('completes a sign-in that waits for another one through the relay, and opens no browser', async () => {
    const { editor } = suite;
    const { environment } = editor.window.context;
    const held: RefreshLock = { hold: () => new Promise(() => undefined) };
    const relay = relayFlow(editor.window.links, callbackUri, held);
    Object.assign(environment, { flows: { ...environment.flows, relay } });
    editor.window.moveTo({ signInFlow: 'relay' });
    const asked = ask();
    await eventually(() =>
      editor.progress.all.at(-1)?.said.at(-1)?.startsWith('waiting until another'),
    );
    assert.deepEqual(editor.progress.latest.links, ['Paste the address']);
    // There is no page yet that these could open, copy or ask about.
    editor.window.running?.openPageAgain();
    editor.window.running?.copyLink();
    editor.window.running?.pageSays();
    editor.click('Paste the address');
    const box = await editor.inputs.box();
    box.type((await endOf(editor.outside.copied)).href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.deepEqual(editor.window.opened, []);
    assert.deepEqual(editor.inputs.all, [box]);
    assert.ok(!editor.window.log.some((line) => line.includes('was not shown')));
  });

  it('ends the sign-in if it says that the user declined', async () => {
    const { spotify, editor } = suite;
    const { asked, page, box } = await askAndOpenBox();
    spotify.behaviour.consent = 'deny';
    box.type((await endOf(page)).href);
    box.accept();
    await assert.rejects(asked, vscode.CancellationError);
    await editor.messages.waitFor(/^You declined access/);
  });

  it('comes from a link that the user can copy again and open here', async () => {
    const { editor } = suite;
    const { page, box } = await askAndOpenBox();
    editor.outside.copied = '';
    box.press('Copy the Link Again');
    box.press('Open the Link in the Default Browser');
    assert.equal(editor.outside.copied, page);
    assert.deepEqual(editor.outside.opened, [page]);
  });
});
