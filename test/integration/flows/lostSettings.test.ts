import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { OWN_ID } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

const OTHER_EDITOR = 'other-editor://spotify-sdk.spotify-authentication/callback';

/** About src/signIn/questions.ts and src/flows/chooseFlow.ts. */
describe('a setting that cannot work here', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let settings: Settings;

  beforeEach(() => (settings = suite.use(new Settings())));

  const ask = () => suite.editor.window.provider.createSession(SCOPES);

  it('is the link of another editor: the sign-in goes on with the usual redirect URI', async () => {
    const { app, spotify, editor } = suite;
    app.redirectUris = [OTHER_EDITOR, 'http://127.0.0.1/callback'];
    await settings.set('redirectUri', OTHER_EDITOR);
    const asked = ask();
    const question = await editor.messages.waitFor(
      /^The setting spotify-authentication\.redirectUri \(other-editor:.*\) cannot work here\.$/,
    );
    assert.match(question.detail ?? '', /another computer/);
    assert.deepEqual([question.buttons, editor.window.opened], [['Go On Without It'], []]);
    question.answer('Go On Without It');
    assert.equal((await asked).account.label, 'Alva Lind');
    const used = spotify.requests.to('authorize')[0]?.query.get('redirect_uri');
    assert.match(used ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.equal(settings.get('redirectUri'), OTHER_EDITOR);
  });

  it('is a flow that no browser has: the sign-in goes on with a flow that works', async () => {
    const { editor } = suite;
    editor.window.moveTo({ ui: 'web', host: 'remote', pageHost: 'code.example.com' });
    await settings.set('signInFlow', 'editorLink');
    const asked = ask();
    const question = await editor.messages.waitFor(
      /^The setting spotify-authentication\.signInFlow \(editorLink\) cannot work here\.$/,
    );
    question.answer('Go On Without It');
    const box = await editor.inputs.box();
    box.type((await endOf(editor.outside.copied)).href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
  });

  it('ends the sign-in if the user closes the question', async () => {
    const { editor } = suite;
    await settings.set('redirectUri', OTHER_EDITOR);
    const asked = ask();
    (await editor.messages.waitFor(/cannot work here/)).answer();
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual([editor.window.opened, editor.messages.all.length], [[], 1]);
  });

  it('does not come by Settings Sync', () => {
    const manifest = vscode.extensions.getExtension(OWN_ID)?.packageJSON as Manifest;
    const { properties } = manifest.contributes.configuration;
    const unsynced = Object.keys(properties).filter((name) => properties[name]?.ignoreSync);
    assert.deepEqual(unsynced.sort(), [
      'spotify-authentication.redirectUri',
      'spotify-authentication.signInFlow',
    ]);
  });
});

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly ignoreSync?: boolean }>>;
    };
  };
}
