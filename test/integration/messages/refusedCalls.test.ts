import assert from 'node:assert/strict';
import process from 'node:process';
import * as vscode from 'vscode';
import { showMessage } from '../../../src/messages/showMessage.ts';
import { RunningSignIns } from '../../../src/signIn/runningSignIns.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { replace } from '../replace.ts';
import { integrationSuite } from '../suite.ts';

const refuse = () => Promise.reject(new Error('VS Code has refused.'));
const MESSAGES = {
  showInformationMessage: refuse,
  showWarningMessage: refuse,
  showErrorMessage: refuse,
};

/** Collects the rejections that nothing has handled. */
class Unhandled implements Disposable {
  readonly reasons: unknown[] = [];
  readonly #collect = (reason: unknown) => void this.reasons.push(reason);

  constructor() {
    process.on('unhandledRejection', this.#collect);
  }

  /** Expects none. Node names them as soon as no other promise is due. */
  async areNone(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(this.reasons, []);
  }

  [Symbol.dispose](): void {
    process.off('unhandledRejection', this.#collect);
  }
}

/** About src/messages/showMessage.ts, src/signIn/ and src/flows/pasteBox.ts. */
describe('if VS Code refuses', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  let unhandled: Unhandled;

  beforeEach(() => {
    unhandled = suite.use(new Unhandled());
  });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);
  const logged = (text: RegExp) =>
    eventually(() => suite.editor.window.log.some((line) => text.test(line)));

  it('messages, a sign-in succeeds', async () => {
    suite.use(replace(vscode.window, MESSAGES));
    assert.equal((await ask()).account.label, 'Alva Lind');
    await logged(/^A message was not shown\. Error: VS Code has refused\./);
    await unhandled.areNone();
  });

  it('messages, a sign-in that fails is cancelled', async () => {
    suite.use(replace(vscode.window, MESSAGES));
    suite.spotify.faults.next(1, { on: 'token', status: 400, body: '{"error":"invalid_grant"}' });
    await assert.rejects(ask(), vscode.CancellationError);
    await logged(/^A message was not shown\./);
    await unhandled.areNone();
  });

  it('the message that the user is signed in by now, Try Again still opens no browser', async () => {
    const { spotify, editor } = suite;
    spotify.faults.next(1, { on: 'token', status: 400, body: '{"error":"invalid_grant"}' });
    await assert.rejects(ask(), vscode.CancellationError);
    const failure = await editor.messages.waitFor(/^Signing in to Spotify failed/);
    await ask();
    const { promise: isShown, resolve } = Promise.withResolvers<undefined>();
    const showInformationMessage = () => (resolve(undefined), refuse());
    suite.use(replace(vscode.window, { showInformationMessage }));
    failure.answer('Try Again');
    await isShown;
    await unhandled.areNone();
    assert.equal(editor.window.opened.length, 2);
  });

  it('the clipboard, the sign-in goes on though the redirect URI is not copied', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    await editor.hint();
    const { promise: isAsked, resolve } = Promise.withResolvers<undefined>();
    const writeText = () => (resolve(undefined), refuse());
    suite.use(replace(vscode.env, { clipboard: { writeText } }));
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose('INVALID_CLIENT: Invalid redirect URI');
    await isAsked;
    await unhandled.areNone();
    await fetch(await editor.page());
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('the progress, a sign-in is cancelled', async () => {
    suite.use(replace(vscode.window, { withProgress: refuse }));
    await assert.rejects(ask(), vscode.CancellationError);
    await suite.editor.messages.waitFor(/^Signing in to Spotify failed/);
    await unhandled.areNone();
  });

  it('a message, its caller goes on', async () => {
    suite.use(replace(vscode.window, MESSAGES));
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = { debug: write, info: write, warn: write, error: write };
    const message = { text: 'Hello', actions: ['diagnose'] } as const;
    assert.equal(await showMessage('warning', message, {}, log), 'notShown');
    assert.deepEqual(lines, ['A message was not shown. Error: VS Code has refused.']);
  });

  it('a command, the palette’s commands help a sign-in', async () => {
    suite.use(replace(vscode.commands, { executeCommand: refuse }));
    const running = new RunningSignIns();
    const nothing = () => undefined;
    const added = running.add({
      openPageAgain: nothing,
      copyLink: nothing,
      paste: nothing,
      pageSays: nothing,
      tryAnotherWay: nothing,
    });
    assert.ok(running.find(added.id));
    added.dispose();
    await unhandled.areNone();
  });

  it('the questions and the clipboard of the help, the sign-in goes on', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = ask();
    const page = await editor.page();
    await editor.hint();
    suite.use(replace(vscode.window, { ...MESSAGES, showQuickPick: refuse }));
    editor.click('What does the page say?');
    editor.click('Try another way');
    await eventually(
      () => editor.window.log.filter((line) => line.includes('was not shown')).length === 2,
    );
    editor.click('Copy sign-in link');
    await logged(/A message was not shown/);
    suite.use(replace(vscode.env, { openExternal: refuse, clipboard: { writeText: refuse } }));
    editor.click('Copy sign-in link');
    editor.click('Paste the address');
    const box = await editor.inputs.box();
    for (const button of box.buttons) box.press(button);
    await unhandled.areNone();
    await fetch(page);
    assert.equal((await asked).account.label, 'Alva Lind');
    await unhandled.areNone();
  });
});
