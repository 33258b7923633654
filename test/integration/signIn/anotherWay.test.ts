import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { endOf, loopback } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

const TIME_LIMIT_MS = 10 * 60 * 1000;
const PASTE = 'Paste the address';

/** About src/signIn/questions.ts, src/signIn/tries.ts and src/signIn/signInHelp.ts. */
describe('another way to sign in', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  beforeEach(() => (suite.editor.window.browse = () => undefined));

  const ask = () => suite.editor.window.provider.createSession(SCOPES);
  const signedIn = () =>
    suite.editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);

  /** Pastes the address on which a browser ends that opens the copied link. */
  async function paste(): Promise<void> {
    const { inputs, outside } = suite.editor;
    const box = await inputs.box();
    box.type((await endOf(await eventually(() => outside.copied || undefined))).href);
    box.accept();
  }

  /** Signs in until the time is up, and chooses Try Another Way. Returns the list of the flows. */
  async function tryAnotherWay() {
    const { editor } = suite;
    const asked = ask();
    await editor.page();
    await eventually(() => editor.timers.has(TIME_LIMIT_MS));
    editor.timers.pass(TIME_LIMIT_MS);
    await assert.rejects(asked, vscode.CancellationError);
    (await editor.messages.waitFor(/arrived in time/)).answer('Try Another Way');
    return editor.inputs.pick();
  }

  it('is chosen from a list, after Spotify’s page was not answered in time', async () => {
    const pick = await tryAnotherWay();
    assert.equal(pick.labels.at(-1), PASTE);
    pick.choose(PASTE);
    await paste();
    await signedIn();
    assert.equal(suite.editor.window.opened.length, 1);
  });

  it('is not tried if the user closes the list', async () => {
    const { editor } = suite;
    (await tryAnotherWay()).close();
    await eventually(() => editor.window.log.some((line) => line.includes('was cancelled')));
    assert.equal(editor.window.opened.length, 1);
    assert.equal(editor.messages.all.length, 1);
  });

  it('is offered beside pasting if the browser cannot reach the port', async () => {
    const { messages, window } = suite.editor;
    const { environment } = window.context;
    const unreachable = loopback(() => Promise.resolve(false));
    Object.assign(environment, { flows: { ...environment.flows, loopback: unreachable } });
    window.moveTo({ host: 'remote', ui: 'desktop', uriScheme: 'vscode' });
    const asked = ask();
    const question = await eventually(() => messages.all[0]);
    assert.deepEqual(question.buttons, [`By a link to ${vscode.env.appName}`, PASTE]);
    question.answer(PASTE);
    await paste();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.deepEqual(window.opened, []);
  });

  it('begins when the user wants to paste, if the browser shows no address', async () => {
    const { editor } = suite;
    editor.window.moveTo({ ui: 'desktop', uriScheme: 'vscode', signInFlow: 'editorLink' });
    const asked = ask();
    await editor.page();
    editor.click(PASTE);
    await paste();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.notEqual(editor.outside.copied, editor.window.opened[0]);
  });
});
