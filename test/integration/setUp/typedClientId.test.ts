import { ownClient } from '../../../src/common/client.ts';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Fault, readyFaults } from '../../spotify/index.ts';
import { eventually } from '../eventually.ts';
import { LOOPBACK, NewcomerEditor } from '../newcomerEditor.ts';
import { replace } from '../replace.ts';
import { integrationSuite } from '../suite.ts';

/** About src/setUp/clientIdStep.ts and src/setUp/clientIdSetUp.ts. */
describe('the client ID that the user enters', () => {
  const suite = integrationSuite({ editor: ({ spotify }) => NewcomerEditor.open(spotify) });

  afterEach(() => assert.deepEqual(suite.spotify.faults.waiting, []));

  const askUpToClientId = () => suite.editor.signInUpToClientId();

  it('is refused if Spotify does not know it, and is checked again at each Enter', async () => {
    const { spotify, editor } = suite;
    const { settings } = editor;
    const { asked, box } = await askUpToClientId();
    const clientId = 'e'.repeat(32);
    box.type(clientId);
    box.accept();
    await eventually(() => box.complaint.includes('Spotify does not know this client ID'));
    assert.doesNotMatch(box.complaint, /Failed to get client/);
    assert.deepEqual([box.isOpen, box.busy], [true, false]);
    spotify.addApp({ clientId, redirectUris: [LOOPBACK] });
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(settings.get('clientId'), clientId);
    assert.deepEqual(editor.messages.texts, []);
  });

  it('is refused if it is empty', async () => {
    const { asked, box } = await askUpToClientId();
    box.type(' ');
    box.accept();
    assert.match(box.complaint, /Paste the client ID/);
    assert.equal(suite.spotify.requests.count('token'), 0);
    box.close();
    await assert.rejects(asked, vscode.CancellationError);
  });

  it('is accepted with a warning if it does not look like a client ID', async () => {
    const { spotify } = suite;
    const { settings } = suite.editor;
    spotify.addApp({ clientId: 'not-hex', redirectUris: [LOOPBACK] });
    const { asked, box } = await askUpToClientId();
    box.type('not-hex');
    const { message, severity } = box.validationMessage as vscode.InputBoxValidationMessage;
    assert.match(message, /does not look like a client ID/);
    assert.equal(severity, vscode.InputBoxValidationSeverity.Warning);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(settings.get('clientId'), 'not-hex');
  });

  for (const [what, fault] of [
    ['is out of order', readyFaults.upstreamConnectError],
    ['is too busy', readyFaults.tooManyRequests(3600)],
    ['cannot be reached', { reset: true }],
  ] satisfies [string, Fault][]) {
    it(`is accepted if Spotify ${what}`, async () => {
      const { spotify } = suite;
      const { app } = suite.editor;
      const { asked, box } = await askUpToClientId();
      box.type(app.clientId);
      spotify.faults.next(1, { on: 'token', ...fault });
      box.accept();
      assert.equal((await asked).account.label, 'Alva Lind');
    });
  }

  it('is not judged by Spotify’s answer about an earlier text', async () => {
    const { app, settings } = suite.editor;
    const { asked, box } = await askUpToClientId();
    const late = Promise.withResolvers<Response>();
    let isAsked = false;
    const replaced = replace(globalThis, { fetch: () => ((isAsked = true), late.promise) });
    box.type('c'.repeat(32));
    box.accept();
    await eventually(() => isAsked && box.busy);
    replaced[Symbol.dispose]();
    box.type(app.clientId);
    late.resolve(new Response('{"error":"invalid_client"}', { status: 400 }));
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual([box.isOpen, box.busy, box.complaint], [true, false, '']);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.equal(settings.get('clientId'), app.clientId);
  });

  it('is used for the sign-in even if it cannot be saved', async () => {
    const { editor } = suite;
    const { app } = editor;
    const getConfiguration = () => ({
      get: () => undefined,
      update: () => Promise.reject(new Error('The settings are read-only.')),
    });
    const replaced = replace(vscode.workspace, { getConfiguration });
    const { asked, box } = await askUpToClientId();
    box.type(app.clientId);
    box.accept();
    assert.equal(
      (await asked.finally(() => replaced[Symbol.dispose]())).account.label,
      'Alva Lind',
    );
    assert.ok(editor.window.log.some((line) => line.startsWith('The client ID cannot be saved.')));
    assert.deepEqual(editor.messages.texts, []);
  });

  for (const [what, fault] of [
    ['cannot say whose token it is', readyFaults.tooManyRequests(3600)],
    [
      'refuses the account',
      { status: 403, body: 'User not registered in the Developer Dashboard' },
    ],
  ] satisfies [string, Fault][]) {
    it(`is saved if Spotify ${what}, because Spotify has issued a token`, async () => {
      const { spotify } = suite;
      const { app, settings } = suite.editor;
      const { asked, box } = await askUpToClientId();
      box.type(app.clientId);
      spotify.faults.next(1, { on: 'me', ...fault });
      box.accept();
      await assert.rejects(asked);
      assert.equal(settings.get('clientId'), app.clientId);
    });
  }

  it('is forgotten, with the step of the unfinished set-up, once a sign-in has worked', async () => {
    const { editor } = suite;
    const { app, settings, steps } = editor;
    const { asked, box } = await askUpToClientId();
    box.type('0123');
    box.close();
    await assert.rejects(asked, vscode.CancellationError);
    await settings.set('clientId', app.clientId);
    assert.equal((await editor.signIn()).account.label, 'Alva Lind');
    await settings.set('clientId', undefined);
    const again = editor.window.provider.createSession(['user-top-read']);
    const anew = await steps.toClientId();
    assert.equal(anew.value, '');
    anew.close();
    await assert.rejects(again, vscode.CancellationError);
  });

  it('does not replace a client ID that was configured later', async () => {
    const { editor } = suite;
    const { app, settings } = editor;
    const { asked, box } = await askUpToClientId();
    box.type(app.clientId);
    box.accept();
    await asked;
    await settings.set('clientId', 'd'.repeat(32));
    const { account, scopes } = editor.storage.record();
    await editor.window.context.signIn.run({ scopes, account, client: ownClient(app.clientId) });
    assert.equal(settings.get('clientId'), 'd'.repeat(32));
  });

  it('can be replaced when Spotify no longer knows it, and the sign-in goes on', async () => {
    const { spotify, editor } = suite;
    const { app, settings, steps } = editor;
    await settings.set('clientId', 'd'.repeat(32));
    const body = '{"error":"invalid_client"}';
    spotify.addApp({ clientId: 'd'.repeat(32), redirectUris: [LOOPBACK] });
    spotify.faults.next(1, { on: 'token', status: 400, body });
    const scopes = ['user-top-read'];
    await assert.rejects(editor.window.provider.createSession(scopes));
    const message = await editor.messages.waitFor(/^Spotify does not know the client ID\./);
    assert.deepEqual(message.buttons, ['Set Up Client ID', 'Try Again']);
    message.answer('Set Up Client ID');
    const box = await steps.toClientId();
    assert.equal(box.value, 'd'.repeat(32));
    box.type(app.clientId);
    box.accept();
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
    assert.equal(settings.get('clientId'), app.clientId);
    const { client, scopes: granted } = editor.storage.record();
    assert.deepEqual([client.id, granted], [app.clientId, scopes]);
  });
});
