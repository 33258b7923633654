import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { signInFromAccountsMenu, signOut } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

const SCOPES = ['user-read-private'];

describe('the provider, called through VS Code', () => {
  const suite = integrationSuite();
  /** Counts the events of VS Code, which adds some. providerEvents.test.ts checks the provider's. */
  let changes: number;

  beforeEach(() => {
    changes = 0;
    suite.use(
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'spotify') changes++;
      }),
    );
  });

  const accounts = () => vscode.authentication.getAccounts('spotify');
  const silently = (scopes = SCOPES) =>
    vscode.authentication.getSession('spotify', scopes, { silent: true });

  it('returns no session and no account before a sign-in, and sends no request to Spotify', async () => {
    assert.equal(await silently(), undefined);
    assert.deepEqual(await accounts(), []);
    assert.equal(suite.spotify.requests.all.length, 0);
  });

  it('returns a session with a valid token and without other fields', async () => {
    const { spotify } = suite;
    await signInFromAccountsMenu(SCOPES);
    const session = await silently();
    assert.ok(session);
    const { id, accessToken, account, ...rest } = session;
    assert.deepEqual(rest, { scopes: SCOPES });
    assert.equal(account.id, spotify.users.get('alva')?.accountId);
    assert.equal(account.label, 'Alva Lind (test server)');
    assert.match(id, /^[0-9a-f-]{36}$/);
    const profile = await fetch(`${spotify.apiUrl}/v1/me`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    assert.equal(profile.status, 200);
  });

  it('returns a valid token again without a request', async () => {
    const { spotify } = suite;
    await signInFromAccountsMenu(SCOPES);
    const first = await silently();
    spotify.requests.clear();
    assert.deepEqual(await silently(), first);
    assert.equal(spotify.requests.all.length, 0);
  });

  it('returns the scopes exactly as the extension requested them', async () => {
    const scopes = ['user-top-read', 'user-read-private', 'user-top-read'];
    await signInFromAccountsMenu(scopes);
    assert.deepEqual((await silently(scopes))?.scopes, scopes);
    assert.deepEqual((await silently(SCOPES))?.scopes, SCOPES);
    assert.equal(await silently(['playlist-read-private']), undefined);
  });

  it('lists the account after a sign-in, not after a sign-out, and fires an event for each', async () => {
    await signInFromAccountsMenu(SCOPES);
    assert.deepEqual(
      (await accounts()).map(({ label }) => label),
      ['Alva Lind (test server)'],
    );
    assert.ok(changes > 0);
    changes = 0;
    await signOut('Alva Lind (test server)');
    assert.deepEqual(await accounts(), []);
    assert.equal(await silently(), undefined);
    assert.ok(changes > 0);
  });

  it('refreshes an expired token, and leaves the rest of the session unchanged', async () => {
    const { spotify } = suite;
    spotify.behaviour.expiresIn = 1;
    await signInFromAccountsMenu(SCOPES);
    const first = await silently();
    spotify.behaviour.expiresIn = 3600;
    const second = await silently();
    assert.ok(first && second);
    assert.notEqual(second.accessToken, first.accessToken);
    assert.deepEqual({ ...second, accessToken: first.accessToken }, first);
    assert.deepEqual(await silently(), second);
    assert.equal(spotify.requests.count('token', 'refresh_token'), 2);
  });

  it('rejects at once with a cancellation if the user declines', async () => {
    const { spotify } = suite;
    spotify.behaviour.consent = 'deny';
    await assert.rejects(signInFromAccountsMenu(SCOPES), { name: 'Canceled' });
    assert.deepEqual(await accounts(), []);
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await signInFromAccountsMenu(SCOPES);
    assert.equal((await silently())?.account.label, 'Alva Lind (test server)');
  });

  it('returns the session of the requested account if two accounts are signed in', async () => {
    await signInFromAccountsMenu(SCOPES);
    suite.spotify.behaviour.consent = { agreeAs: 'noor' };
    await signInFromAccountsMenu(['user-top-read']);
    const labels = (await accounts()).map(({ label }) => label);
    assert.deepEqual(labels.sort(), ['Alva Lind (test server)', 'Noor Haddad (test server)']);
    for (const account of await accounts()) {
      const session = await vscode.authentication.getSession('spotify', [], {
        silent: true,
        account,
      });
      assert.equal(session?.account.label, account.label);
    }
  });
});
