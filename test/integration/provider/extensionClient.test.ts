import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DEMO_CLIENT_ID, type App } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

/** About src/provider/scopeLists.ts and src/common/client.ts. */
describe('an extension that brings a Spotify app of its own', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  let theirs: App;
  let marked: string[];

  beforeEach(() => {
    theirs = suite.spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    marked = [`VSCODE_CLIENT_ID:${theirs.clientId}`, ...SCOPES];
  });

  const create = (scopes: readonly string[]) => suite.editor.window.provider.createSession(scopes);
  const idsFor = async (scopes: readonly string[]) =>
    (await suite.editor.window.provider.getSessions(scopes)).map(({ id }) => id);

  it('gets a session of that app; Spotify never sees the marker, the session keeps it', async () => {
    const { spotify, editor } = suite;
    const session = await create(marked);
    assert.deepEqual(session.scopes, marked);
    const { searchParams } = new URL(await editor.page());
    assert.equal(searchParams.get('client_id'), theirs.clientId);
    assert.equal(searchParams.get('scope'), SCOPES.join(' '));
    assert.ok(!JSON.stringify(spotify.requests.all).includes('VSCODE_CLIENT_ID'));
    const [again] = await editor.window.provider.getSessions(marked);
    assert.deepEqual(again, session);
    const [listed] = await editor.window.provider.getSessions(undefined);
    assert.deepEqual(listed?.scopes, [...SCOPES, marked[0]]);
  });

  it('is answered by no session of the person’s own app, and answers no request for that', async () => {
    const own = await create(SCOPES);
    assert.deepEqual(await idsFor(marked), []);
    const extensions = await create(marked);
    assert.notEqual(extensions.id, own.id);
    assert.deepEqual(await idsFor(marked), [extensions.id]);
    assert.deepEqual(await idsFor(SCOPES), [own.id]);
  });

  it('is kept apart even where it names the very app of the person', async () => {
    const own = await create(SCOPES);
    const named = [`VSCODE_CLIENT_ID:${DEMO_CLIENT_ID}`, ...SCOPES];
    assert.deepEqual(await idsFor(named), []);
    const other = await create(named);
    assert.notEqual(other.id, own.id);
    assert.deepEqual([await idsFor(SCOPES), await idsFor(named)], [[own.id], [other.id]]);
  });

  it('is refreshed with its own client ID', async () => {
    const { spotify, editor } = suite;
    await create(marked);
    const { token } = editor.storage.record();
    await editor.window.age({ token: { ...token, expiresAt: 0 } });
    const [session] = await editor.window.provider.getSessions(marked);
    assert.notEqual(session?.accessToken, token.accessToken);
    const form = spotify.requests.to('token').at(-1)?.form;
    assert.equal(form?.get('grant_type'), 'refresh_token');
    assert.equal(form.get('client_id'), theirs.clientId);
  });

  it('is named while the person signs in', async () => {
    await create(marked);
    const { title } = suite.editor.progress.latest;
    const id = theirs.clientId.slice(0, 6);
    assert.equal(title, `Signing in to Spotify with an extension’s app (client ID ${id}…)`);
  });

  it('has nothing to do with the redirect URI of the settings', async () => {
    await using settings = new Settings();
    await settings.set('redirectUri', 'http://127.0.0.1:45454/mine');
    await create(marked);
    const uri = new URL(await suite.editor.page()).searchParams.get('redirect_uri');
    assert.match(uri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it('does not change the client ID of the settings, nor ends a set-up, nor asks for one', async () => {
    const { editor } = suite;
    await using settings = new Settings();
    const left = { step: 'clientId', typed: '0123' };
    await editor.storage.memory.update('setUp', left);
    await create(marked);
    assert.deepEqual(editor.storage.memory.get('setUp'), left);
    assert.equal(settings.get('clientId') || undefined, undefined);
    assert.equal(editor.inputs.open, undefined);
  });

  it('that Spotify does not know leads to its author', async () => {
    const { spotify, editor } = suite;
    const body = '{"error":"invalid_client"}';
    spotify.faults.next(1, { on: 'token', status: 400, body });
    await assert.rejects(create(marked), vscode.CancellationError);
    const { buttons } = await editor.messages.waitFor(
      /does not know the extension’s own client ID/,
    );
    assert.deepEqual(buttons, ['Try Again']);
  });

  it('that Spotify no longer knows leads to its author, both the extension and the person', async () => {
    const { spotify, editor } = suite;
    await create(marked);
    await editor.window.age({ token: { ...editor.storage.record().token, expiresAt: 0 } });
    spotify.apps.delete(theirs.clientId);
    const asked = editor.window.provider.getSessions(marked);
    await assert.rejects(asked, /no longer knows the extension’s own client ID/);
    const { buttons } = await editor.messages.waitFor(
      /no longer knows the extension’s own client ID/,
    );
    assert.deepEqual(buttons, []);
  });

  it('is signed in to again, with one click, where Spotify has ended its session', async () => {
    const { spotify, editor } = suite;
    await create(marked);
    const alva = spotify.users.get('alva');
    assert.ok(alva);
    spotify.tokens.revoke(alva, theirs);
    await editor.window.age({ token: { ...editor.storage.record().token, expiresAt: 0 } });
    assert.deepEqual(await idsFor(marked), []);
    (await editor.messages.waitFor(/^Spotify has ended the session/)).answer('Sign In Again');
    await eventually(() => editor.messages.greetings.length === 2);
    const { searchParams } = new URL(await editor.page(2));
    assert.equal(searchParams.get('client_id'), theirs.clientId);
    assert.equal((await idsFor(marked)).length, 1);
    assert.deepEqual(await idsFor(SCOPES), []);
  });

  it('that serves listed people only leads to its author', async () => {
    theirs.allowList = [];
    await assert.rejects(create(marked), vscode.CancellationError);
    const { buttons } = await suite.editor.messages.waitFor(/extension’s own Spotify app\. Ask/);
    assert.deepEqual(buttons, ['Try Again']);
  });

  it('can be given up where Spotify’s page says that there is no such app', async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    const asked = create(marked);
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose('INVALID_CLIENT: Invalid client / Failed to get client');
    await assert.rejects(asked, vscode.CancellationError);
    assert.equal(editor.inputs.open, undefined);
  });

  it('is refused where it writes its client ID wrongly', async () => {
    const { editor } = suite;
    const wrong = ['VSCODE_CLIENT_ID:mine', ...SCOPES];
    const expected = { name: 'ClientIdMarkerError' };
    await assert.rejects(editor.window.provider.getSessions(wrong), expected);
    await assert.rejects(create(wrong), expected);
    assert.deepEqual(editor.window.opened, []);
  });
});
