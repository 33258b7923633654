import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accountLabels,
  EXPIRED,
  HeardChanges,
  SCOPES,
  signInWithToken,
  silently,
} from '../asConsumer.ts';
import { ShownMessages } from '../shownMessages.ts';
import { integrationSuite } from '../suite.ts';

/** About src/sessions/sessionRefresher.ts and src/provider/sessionNotices.ts. */
describe('a refusal of the token endpoint, seen through VS Code', () => {
  const suite = integrationSuite({ ownApp: true });
  let messages: ShownMessages;
  let changes: HeardChanges;
  let id: string;

  beforeEach(async () => {
    messages = suite.use(new ShownMessages());
    id = await signInWithToken(suite.spotify, EXPIRED);
    changes = suite.use(new HeardChanges());
  });

  const refreshes = () => suite.spotify.requests.count('token', 'refresh_token');

  function revoke(): void {
    const { spotify, app } = suite;
    const alva = spotify.users.get('alva');
    assert.ok(alva);
    spotify.tokens.revoke(alva, app);
  }

  it('invalid_grant ends the session: one request, one event, one message', async () => {
    revoke();
    const differently = ['user-read-private', 'user-read-private'];
    const asked = [silently(), silently([]), silently(), silently(differently)];
    assert.deepEqual(await Promise.all(asked), asked.fill(undefined as never));
    assert.equal(await silently(), undefined);
    assert.equal(refreshes(), 1);
    assert.deepEqual(await accountLabels(), []);
    assert.equal(await changes.count(), 1);
    const { buttons } = await messages.waitFor(
      /^Spotify has ended the session of Alva Lind \(test server\)\./,
    );
    assert.deepEqual(buttons, ['Sign In Again']);
    assert.equal(messages.all.length, 1);
  });

  it('Sign In Again brings the session back with its id, scopes and account', async () => {
    const { spotify, app } = suite;
    revoke();
    assert.equal(await silently(), undefined);
    spotify.requests.clear();
    (await messages.waitFor(/ended the session/)).answer('Sign In Again');
    while ((await accountLabels()).length === 0);
    const [asked] = spotify.requests.to('authorize');
    assert.equal(asked?.query.get('scope'), SCOPES.join(' '));
    assert.equal(asked.query.get('client_id'), app.clientId);
    const [account] = await vscode.authentication.getAccounts('spotify');
    assert.equal(account?.id, spotify.users.get('alva')?.accountId);
    assert.equal((await silently())?.id, id);
    assert.equal(refreshes(), 0);
  });

  it('invalid_client suspends the session, and one message names the client ID', async () => {
    const { spotify, app } = suite;
    spotify.apps.delete(app.clientId);
    assert.equal(await silently(), undefined);
    assert.equal(await silently([]), undefined);
    assert.equal(refreshes(), 1);
    assert.deepEqual(await accountLabels(), []);
    assert.equal(await changes.count(), 1);
    const { text, buttons } = await messages.waitFor(/^Spotify no longer knows the client ID/);
    assert.ok(text.includes(`client ID ${app.clientId.slice(0, 6)}…`));
    assert.deepEqual(buttons, ['Open Spotify Dashboard', 'Set Up Client ID']);
    assert.equal(messages.all.length, 1);
  });
});
