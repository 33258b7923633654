import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { getAppAccessToken } from '../../../src/commands/getAppAccessToken.ts';
import { readyFaults, type App } from '../../spotify/index.ts';
import { moveClock } from '../../unit/sessions/clock.ts';
import { AppEditor } from '../appEditor.ts';
import { eventually } from '../eventually.ts';
import { replace } from '../replace.ts';
import { TestWindow } from '../testWindow.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

/** About src/appTokens/appSessions.ts and src/appTokens/refusedSecrets.ts. */
describe('a stored client secret that Spotify refuses', () => {
  const suite = integrationSuite({ ownApp: true, editor: ({ app }) => new AppEditor(app) });

  it('is reported once, and deleted when the user closes the message', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    assert.deepEqual(await editor.provider.getSessions([]), []);
    assert.deepEqual(await editor.provider.getSessions([]), []);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    assert.deepEqual(message.buttons, ['Enter Another Secret', 'Keep It']);
    assert.equal(editor.messages.all.length, 1);
    assert.notEqual(editor.storedSecrets, '');
    message.answer();
    await eventually(() => editor.storedSecrets === '');
    assert.deepEqual(await editor.provider.getSessions(undefined), []);
  });

  it('stays if VS Code does not show the message', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    const showWarningMessage = () => Promise.reject(new Error('VS Code has refused.'));
    suite.use(replace(vscode.window, { showWarningMessage }));
    await editor.provider.getSessions([]);
    await eventually(() => editor.window.log.some((line) => line.includes('was not shown')));
    await new Promise((resolve) => setImmediate(resolve));
    assert.notEqual(editor.storedSecrets, '');
  });

  it('stays if the user chooses to keep it', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    await editor.provider.getSessions([]);
    (await editor.messages.waitFor(/^Spotify refuses the client secret of your app/)).answer(
      'Keep It',
    );
    await eventually(() => editor.storedSecrets.includes('"isKept":true'));
    assert.equal((await editor.provider.getSessions(undefined)).length, 1);

    using later = new TestWindow(editor.storage);
    assert.deepEqual(await later.context.appProvider.getSessions([]), []);
    assert.equal(editor.messages.all.length, 1, 'the user was told again');
    await getAppAccessToken(later.context);
    const again = await editor.messages.waitFor(/^Spotify still refuses the client secret/);
    again.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(editor.storedSecrets.includes('"isKept":true'));
  });

  it('is deleted if the user wants to enter another and then does not', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    await editor.provider.getSessions([]);
    (await editor.messages.waitFor(/^Spotify refuses the client secret of your app/)).answer(
      'Enter Another Secret',
    );
    (await editor.inputs.box()).close();
    await eventually(() => editor.storedSecrets === '');
  });

  it('stays if Spotify accepts it before the user closes the message, and its next refusal is reported again', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    const { clientSecret } = editor.app;
    await editor.provider.getSessions([]);
    const told = /^Spotify refuses the client secret of your app/;
    const first = await editor.messages.waitFor(told);
    Object.assign(editor.app, {
      clientSecret: (JSON.parse(editor.storedSecrets) as App).clientSecret,
    });
    moveClock(5);
    assert.equal((await editor.provider.getSessions([])).length, 1);
    first.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.notEqual(editor.storedSecrets, '');
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

  it('stays if Spotify accepts it by the time the user chooses to enter another, who is then not asked', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    await editor.provider.getSessions([]);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    const { clientSecret } = JSON.parse(editor.storedSecrets) as App;
    Object.assign(editor.app, { clientSecret });
    moveClock(5);
    message.answer('Enter Another Secret');
    await editor.messages.waitFor(/^The client secret of your app works/);
    assert.equal(editor.inputs.open, undefined);
    assert.ok(editor.storedSecrets.includes(clientSecret));
  });

  it('is replaced by the secret that the user enters, even if Spotify cannot check that one', async () => {
    const { spotify, editor } = suite;
    await editor.storeOutdatedSecret();
    await editor.provider.getSessions([]);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(60) });
    message.answer('Enter Another Secret');
    await editor.enterSecret();
    await eventually(() => editor.storedSecrets.includes(editor.app.clientSecret));
  });

  it('is asked for again for its own app, even if another client ID is configured meanwhile', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    await editor.provider.getSessions([]);
    const message = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    await using settings = new Settings();
    await settings.set('clientId', 'f'.repeat(32));
    message.answer('Enter Another Secret');
    const box = await editor.inputs.box();
    assert.ok(box.prompt?.includes(editor.app.clientId.slice(0, 6)));
  });

  it('stays if the user chose to keep it, even if they close an older message', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    await editor.provider.getSessions([]);
    const older = await editor.messages.waitFor(/^Spotify refuses the client secret of your app/);
    const secret = (JSON.parse(editor.storedSecrets) as { clientSecret: string }).clientSecret;
    const creating = editor.provider.createSession([]);
    await editor.enterSecret(secret);
    (await editor.refusal()).answer('Keep It');
    await assert.rejects(creating, vscode.CancellationError);
    older.answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(editor.storedSecrets.includes(secret));
  });

  it('can be replaced, and the session keeps its id', async () => {
    const { editor } = suite;
    await editor.storeOutdatedSecret();
    const [before] = await editor.provider.getSessions(undefined);
    await editor.provider.getSessions([]);
    (await editor.messages.waitFor(/^Spotify refuses the client secret of your app/)).answer(
      'Enter Another Secret',
    );
    await editor.enterSecret();
    await eventually(() => editor.storedSecrets.includes(editor.app.clientSecret));
    const [after] = await editor.provider.getSessions([]);
    assert.equal(after?.id, before?.id);
  });
});
