import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import * as vscode from 'vscode';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { Environment } from '../environment.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

/** About src/common/redirectUri.ts and src/signIn/tries.ts. */
describe('the redirect URI of the settings', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let settings: Settings;
  let environment: Environment;
  let otherProgram: Server;
  let busyPort: number;

  before(async () => {
    otherProgram = createServer().listen(0, '127.0.0.1');
    await once(otherProgram, 'listening');
    busyPort = (otherProgram.address() as AddressInfo).port;
  });
  after(() => otherProgram.close());
  beforeEach(() => {
    settings = suite.use(new Settings());
    environment = suite.use(new Environment());
  });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);

  /** Signs in with a port that another program uses, and waits for the question about it. */
  async function askWithBusyPort() {
    const { app, editor } = suite;
    const uri = `http://127.0.0.1:${busyPort}/callback`;
    app.redirectUris = [uri];
    await settings.set('redirectUri', uri);
    const asked = ask();
    const question = await editor.messages.waitFor(new RegExp(` uses port ${busyPort} of `));
    return { asked, question, uri };
  }

  it('with a busy port: a question names the port and offers the next flow, and no browser opens', async () => {
    const { editor } = suite;
    const { asked, question, uri } = await askWithBusyPort();
    assert.notEqual(question.detail, undefined);
    assert.deepEqual(question.buttons, ['Paste the address']);
    question.answer('Paste the address');
    const box = await editor.inputs.box();
    const end = await endOf(editor.outside.copied);
    assert.equal(end.origin + end.pathname, uri);
    box.type(end.href);
    box.accept();
    assert.equal((await asked).account.label, 'Alva Lind');
    assert.deepEqual(editor.window.opened, []);
    assert.equal(editor.messages.all.length, 1);
  });

  it('with a busy port: the sign-in is cancelled if the user declines the next flow', async () => {
    const { editor } = suite;
    const { asked, question } = await askWithBusyPort();
    question.answer();
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual(editor.window.opened, []);
    assert.equal(editor.messages.all.length, 1);
    assert.equal(editor.window.running, undefined);
  });

  it('is sent to Spotify with its port', async () => {
    const { spotify, app } = suite;
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const uri = `http://127.0.0.1:${(free.address() as AddressInfo).port}/callback`;
    free.close();
    app.redirectUris = [uri];
    await settings.set('redirectUri', ` ${uri} `);
    assert.equal((await ask()).account.label, 'Alva Lind');
    assert.equal(spotify.requests.to('authorize')[0]?.query.get('redirect_uri'), uri);
  });

  for (const [what, uri, text] of [
    ['localhost', 'http://localhost:8914/callback', /^Spotify does not accept “localhost”/],
    [
      'an address of the network',
      'http://192.168.1.5/callback',
      /^Spotify accepts .*192\.168\.1\.5/,
    ],
    ['nonsense', 'callback', /“callback” in the settings is not a valid URI/],
  ] as const) {
    it(`is refused before the browser opens if it is ${what}`, async () => {
      const { editor } = suite;
      await settings.set('redirectUri', uri);
      await assert.rejects(ask(), vscode.CancellationError);
      const { severity, buttons } = await editor.messages.waitFor(text);
      assert.equal(severity, 'error');
      assert.ok(buttons.includes('Open Settings'), buttons.join());
      assert.deepEqual([editor.window.opened, editor.messages.all.length], [[], 1]);
    });
  }

  it('is refused if it does not fit the flow of the settings', async () => {
    const { editor } = suite;
    await settings.set('redirectUri', 'http://127.0.0.1/callback');
    await settings.set('signInFlow', 'relay');
    await assert.rejects(ask(), vscode.CancellationError);
    const { buttons } = await editor.messages.waitFor(
      /and the sign-in flow in the settings do not belong together/,
    );
    assert.ok(buttons.includes('Open Settings'), buttons.join());
    assert.deepEqual([editor.window.opened, editor.messages.all.length], [[], 1]);
  });

  it('is read again when the user chooses Try Again', async () => {
    const { editor } = suite;
    await settings.set('redirectUri', 'http://localhost/callback');
    await assert.rejects(ask());
    const message = await editor.messages.waitFor(/localhost/);
    await settings.set('redirectUri', undefined);
    message.answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind/);
  });

  it('may come from the environment, unless the setting has one', async () => {
    const { spotify, app, editor } = suite;
    app.redirectUris.push('http://127.0.0.1/setting', 'http://127.0.0.1/environment');
    environment.set('SPOTIFY_SDK_REDIRECT_URI', 'http://127.0.0.1/environment');
    await ask();
    await settings.set('redirectUri', 'http://127.0.0.1/setting');
    await editor.window.provider.createSession(['user-top-read']);
    const uris = spotify.requests.to('authorize').map(({ query }) => query.get('redirect_uri'));
    assert.deepEqual(
      uris.map((uri) => new URL(uri ?? '').pathname),
      ['/environment', '/setting'],
    );
  });
});
