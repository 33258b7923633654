import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAuthProvider, createFetch, NoSessionError } from '../../../src/adapters/vscode.ts';
import { API, standInFetch } from '../../unit/adapters/standInFetch.ts';
import { SCOPES, signOutAllAccounts } from '../asConsumer.ts';
import { MovedClock } from '../movedClock.ts';
import { signInFromAccountsMenu } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

/** About src/adapters/vscode.ts. */
describe('the adapter that other extensions copy, in a real extension host', () => {
  const suite = integrationSuite();
  let provider: ReturnType<typeof createAuthProvider>;
  let spotifyFetch: typeof fetch;

  beforeEach(async () => {
    await signInFromAccountsMenu(SCOPES);
    provider = createAuthProvider(vscode, SCOPES, { ask: false });
    suite.use({ dispose: () => provider.close() });
    // The host's fetch is VS Code's own, with the user's proxy and certificates.
    spotifyFetch = createFetch(provider, { fetch: standInFetch(suite.spotify) });
    suite.spotify.requests.clear();
  });

  it('calls the Web API as the signed-in user', async () => {
    const response = await spotifyFetch(`${API}/v1/me`);
    assert.equal(((await response.json()) as { id: string }).id, 'alva');
  });

  it('gets a new token if Spotify has ended the old one early', async () => {
    const { spotify } = suite;
    using clock = new MovedClock();
    await provider.getAccessToken();
    spotify.tokens.expireAccessTokens();
    // A token of the last minute would not be refreshed.
    clock.aheadSeconds = 61;
    assert.equal((await spotifyFetch(`${API}/v1/me`)).status, 200);
    assert.equal(spotify.requests.count('token', 'refresh_token'), 1);
  });

  it('follows a redirect to another origin without the token', async () => {
    const { spotify } = suite;
    const Location = `${spotify.accountsUrl}/elsewhere`;
    spotify.faults.next(1, { on: 'me', status: 307, headers: { Location } });
    await spotifyFetch(`${API}/v1/me`);
    const [first, last] = spotify.requests.all;
    assert.match(first?.headers.authorization ?? '', /^Bearer /);
    assert.equal(last?.path, '/elsewhere');
    assert.equal(last.headers.authorization, undefined);
  });

  it('sends the body again when it repeats a request', async () => {
    const { spotify } = suite;
    spotify.faults.next(1, { on: 'other', status: 429, headers: { 'Retry-After': '1' } });
    const body = new URLSearchParams({ name: 'a' });
    await spotifyFetch(`${API}/v1/x`, { method: 'PUT', body });
    const names = spotify.requests.to('other').map(({ form }) => form.get('name'));
    assert.deepEqual(names, ['a', 'a']);
  });

  it('has no token any more once the user has signed out', async () => {
    await provider.getAccessToken();
    await signOutAllAccounts();
    // This call goes to the window and back, after the event.
    await vscode.authentication.getAccounts('spotify');
    await assert.rejects(provider.getAccessToken(), NoSessionError);
  });
});
