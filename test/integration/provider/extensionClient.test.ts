import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DEMO_CLIENT_ID, type App } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

/** About src/provider/scopeLists.ts and src/common/client.ts. */
describe('a client ID that the extension named', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  let extensionApp: App;
  let scopesWithClientId: string[];

  beforeEach(() => {
    extensionApp = suite.spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    scopesWithClientId = [`VSCODE_CLIENT_ID:${extensionApp.clientId}`, ...SCOPES];
  });

  const create = (scopes: readonly string[]) => suite.editor.window.provider.createSession(scopes);
  const idsFor = async (scopes: readonly string[]) =>
    (await suite.editor.window.provider.getSessions(scopes)).map(({ id }) => id);

  it('is used for the sign-in, stays in the scopes of the session, and is not sent to Spotify as a scope', async () => {
    const { spotify, editor } = suite;
    const session = await create(scopesWithClientId);
    assert.deepEqual(session.scopes, scopesWithClientId);
    const { searchParams } = new URL(await editor.page());
    assert.equal(searchParams.get('client_id'), extensionApp.clientId);
    assert.equal(searchParams.get('scope'), SCOPES.join(' '));
    assert.ok(!JSON.stringify(spotify.requests.all).includes('VSCODE_CLIENT_ID'));
    const [again] = await editor.window.provider.getSessions(scopesWithClientId);
    assert.deepEqual(again, session);
    const [listed] = await editor.window.provider.getSessions(undefined);
    assert.deepEqual(listed?.scopes, [...SCOPES, scopesWithClientId[0]]);
    // VS Code's own list needs no access token.
    assert.equal(listed.accessToken, '');
  });

  it('matches no session of the user’s own app, and its session matches no request without a client ID', async () => {
    const own = await create(SCOPES);
    assert.deepEqual(await idsFor(scopesWithClientId), []);
    const ofExtension = await create(scopesWithClientId);
    assert.notEqual(ofExtension.id, own.id);
    assert.deepEqual(await idsFor(scopesWithClientId), [ofExtension.id]);
    assert.deepEqual(await idsFor(SCOPES), [own.id]);
  });

  it('gets a session of its own even if it is the client ID of the user’s app', async () => {
    const own = await create(SCOPES);
    const named = [`VSCODE_CLIENT_ID:${DEMO_CLIENT_ID}`, ...SCOPES];
    assert.deepEqual(await idsFor(named), []);
    const other = await create(named);
    assert.notEqual(other.id, own.id);
    assert.deepEqual([await idsFor(SCOPES), await idsFor(named)], [[own.id], [other.id]]);
  });

  it('is used for refreshing its session', async () => {
    const { spotify, editor } = suite;
    await create(scopesWithClientId);
    const { token } = editor.storage.record();
    await editor.window.age({ token: { ...token, expiresAt: 0 } });
    const [session] = await editor.window.provider.getSessions(scopesWithClientId);
    assert.notEqual(session?.accessToken, token.accessToken);
    const form = spotify.requests.to('token').at(-1)?.form;
    assert.equal(form?.get('grant_type'), 'refresh_token');
    assert.equal(form.get('client_id'), extensionApp.clientId);
  });

  it('is shown in the progress while the user signs in', async () => {
    await create(scopesWithClientId);
    const { title } = suite.editor.progress.latest;
    const id = extensionApp.clientId.slice(0, 6);
    assert.equal(title, `Signing in to Spotify with an extension’s app (client ID ${id}…)`);
  });

  it('is used without the redirect URI of the settings', async () => {
    await using settings = new Settings();
    await settings.set('redirectUri', 'http://127.0.0.1:28454/mine');
    await create(scopesWithClientId);
    const uri = new URL(await suite.editor.page()).searchParams.get('redirect_uri');
    assert.match(uri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it('does not change the client ID of the settings, end an unfinished set-up or start a new one', async () => {
    const { editor } = suite;
    await using settings = new Settings();
    const left = { step: 'clientId', typed: '0123' };
    await editor.storage.memory.update('setUp', left);
    await create(scopesWithClientId);
    assert.deepEqual(editor.storage.memory.get('setUp'), left);
    assert.equal(settings.get('clientId') || undefined, undefined);
    assert.equal(editor.inputs.open, undefined);
  });

  it('refers the user to the extension’s author if Spotify does not know it', async () => {
    const { spotify, editor } = suite;
    const body = '{"error":"invalid_client"}';
    spotify.faults.next(1, { on: 'token', status: 400, body });
    await assert.rejects(create(scopesWithClientId), vscode.CancellationError);
    const { buttons } = await editor.messages.waitFor(
      /does not know the extension’s own client ID/,
    );
    assert.deepEqual(buttons, ['Try Again']);
  });

  it('refers the user to the author if Spotify no longer knows it', async () => {
    const { spotify, editor } = suite;
    await create(scopesWithClientId);
    await editor.window.age({ token: { ...editor.storage.record().token, expiresAt: 0 } });
    spotify.apps.delete(extensionApp.clientId);
    assert.deepEqual(await editor.window.provider.getSessions(scopesWithClientId), []);
    const { text, buttons } = await editor.messages.waitFor(/belongs to an extension\. Tell the/);
    assert.ok(text.includes(`knows the client ID ${extensionApp.clientId.slice(0, 6)}…`));
    assert.deepEqual(buttons, []);
  });

  it('is used again by Sign In Again if Spotify has ended its session', async () => {
    const { spotify, editor } = suite;
    await create(scopesWithClientId);
    const alva = spotify.users.get('alva');
    assert.ok(alva);
    spotify.tokens.revoke(alva, extensionApp);
    await editor.window.age({ token: { ...editor.storage.record().token, expiresAt: 0 } });
    assert.deepEqual(await idsFor(scopesWithClientId), []);
    (await editor.messages.waitFor(/^Spotify has ended the session/)).answer('Sign In Again');
    await eventually(() => editor.messages.greetings.length === 2);
    const { searchParams } = new URL(await editor.page(2));
    assert.equal(searchParams.get('client_id'), extensionApp.clientId);
    assert.equal((await idsFor(scopesWithClientId)).length, 1);
    assert.deepEqual(await idsFor(SCOPES), []);
  });

  it('refers the user to the author if its app does not list the user', async () => {
    extensionApp.allowList = [];
    await assert.rejects(create(scopesWithClientId), vscode.CancellationError);
    const { buttons } = await suite.editor.messages.waitFor(/extension’s own Spotify app\. Ask/);
    assert.deepEqual(buttons, ['Try Again']);
  });

  it('ends the sign-in, without a set-up, if the user reports that Spotify’s page does not know it', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = create(scopesWithClientId);
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose('INVALID_CLIENT: Invalid client / Failed to get client');
    await assert.rejects(asked, vscode.CancellationError);
    assert.equal(editor.inputs.open, undefined);
  });

  it('is refused if it is malformed', async () => {
    const { editor } = suite;
    const wrong = ['VSCODE_CLIENT_ID:mine', ...SCOPES];
    const expected = { name: 'ClientIdMarkerError' };
    await assert.rejects(editor.window.provider.getSessions(wrong), expected);
    await assert.rejects(create(wrong), expected);
    assert.deepEqual(editor.window.opened, []);
  });
});
