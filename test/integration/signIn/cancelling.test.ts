import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editorLink } from '../../../src/common/redirectUri.ts';
import type { Fault } from '../../spotify/index.ts';
import { asLink, endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { SetUpSteps } from '../setUpSteps.ts';
import { integrationSuite } from '../suite.ts';

const LINK = editorLink(vscode.env.uriScheme);

/** About src/signIn/browserTrip.ts and src/signIn/signIn.ts. */
describe('a sign-in leaves nothing behind if it is cancelled', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  beforeEach(() => {
    for (const { redirectUris } of suite.spotify.apps.values()) redirectUris.push(LINK);
    suite.editor.window.browse = () => undefined;
  });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);

  /** Expects that the sign-in has left no port, question, timer, message or session. */
  async function isGone(asked: Promise<unknown>): Promise<void> {
    const { editor } = suite;
    await assert.rejects(asked, vscode.CancellationError);
    const isRefused = (uri: string) =>
      fetch(uri).then(
        () => false,
        () => true,
      );
    for (const page of editor.window.opened) {
      const uri = new URL(page).searchParams.get('redirect_uri') ?? '';
      while (uri.startsWith('http:') && !(await isRefused(uri)));
    }
    assert.equal(editor.window.running, undefined);
    assert.equal(editor.inputs.open, undefined);
    assert.ok(editor.progress.all.every(({ isOver }) => isOver));
    for (const ms of [15_000, 600_000, 300_000])
      assert.equal(editor.timers.has(ms), false, `${ms}`);
    assert.deepEqual(editor.messages.texts, []);
    assert.deepEqual(editor.storage.records(), []);
  }

  /** Expects that the next sign-in succeeds. */
  async function worksAgain(): Promise<void> {
    suite.editor.window.browse = (url) => void fetch(url);
    assert.equal((await ask()).account.label, 'Alva Lind');
  }

  it('while the editor asks whether to open the browser', async () => {
    const { editor } = suite;
    const question = Promise.withResolvers<undefined>();
    editor.window.browse = () => question.promise;
    const asked = ask();
    await editor.page();
    editor.progress.latest.cancel();
    await isGone(asked);
    // The editor's question is still open. The user answers it now.
    question.resolve(undefined);
    await worksAgain();
    assert.equal(editor.timers.has(600_000), false);
  });

  it('by the answer to the editor’s question whether to open the browser', async () => {
    suite.editor.window.browse = () => Promise.reject(new vscode.CancellationError());
    await isGone(ask());
    await worksAgain();
  });

  it('while its browser is open', async () => {
    const { editor } = suite;
    const asked = ask();
    await editor.page();
    editor.progress.latest.cancel();
    await isGone(asked);
    await worksAgain();
  });

  it('while its paste box is open', async () => {
    const { editor } = suite;
    const asked = ask();
    await editor.page();
    editor.click('Paste the address');
    await editor.inputs.box();
    editor.progress.latest.cancel();
    await isGone(asked);
    await worksAgain();
  });

  it('while it asks what the page says', async () => {
    const { editor } = suite;
    const asked = ask();
    await editor.hint();
    editor.click('What does the page say?');
    await editor.inputs.pick();
    editor.progress.latest.cancel();
    await isGone(asked);
    await worksAgain();
  });

  it('while it asks which flow to try', async () => {
    const { editor } = suite;
    const asked = ask();
    await editor.hint();
    editor.click('Try another way');
    await editor.inputs.pick();
    editor.progress.latest.cancel();
    await isGone(asked);
    await worksAgain();
  });

  for (const [what, fault] of [
    ['the code is exchanged', { on: 'token', delayMs: 60_000 }],
    ['Spotify is asked for the account', { on: 'me', delayMs: 60_000 }],
  ] as const satisfies [string, Fault][]) {
    it(`while ${what}`, async () => {
      const { spotify, editor } = suite;
      editor.window.browse = (url) => void fetch(url).catch(() => undefined);
      spotify.faults.next(1, fault);
      const asked = ask();
      await eventually(() => spotify.requests.count(fault.on) > 0);
      editor.progress.latest.cancel();
      await isGone(asked);
      await worksAgain();
    });
  }

  it('while it waits for a link to the editor, and the link then completes no sign-in', async () => {
    const { editor } = suite;
    editor.window.moveTo({ ui: 'desktop', signInFlow: 'editorLink' });
    const asked = ask();
    const end = await endOf(await editor.page());
    editor.progress.latest.cancel();
    await isGone(asked);
    const callbacks = () =>
      [...editor.storage.secrets.stored.keys()].filter((key) => key.startsWith('callback:'));
    assert.deepEqual(callbacks(), []);
    await editor.window.links.handleUri(asLink(end));
    assert.equal(callbacks().length, 1);
    assert.deepEqual(editor.storage.records(), []);
  });

  it('while it asks for the client ID', async () => {
    const { SPOTIFY_SDK_CLIENT_ID: clientId } = process.env;
    delete process.env['SPOTIFY_SDK_CLIENT_ID'];
    const asked = ask();
    (await new SetUpSteps(suite.editor.inputs).app()).close();
    await isGone(asked);
    process.env['SPOTIFY_SDK_CLIENT_ID'] = clientId;
    await worksAgain();
  });
});
