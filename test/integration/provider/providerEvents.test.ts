import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import {
  type ProviderDependencies,
  SpotifyAuthenticationProvider,
} from '../../../src/provider/authenticationProvider.ts';
import { FakeSecrets } from '../../unit/sessions/fakeSecrets.ts';
import { Window } from '../../unit/sessions/fakeWindow.ts';
import { sampleSession } from '../../unit/sessions/sampleSession.ts';
import { until } from '../../unit/sessions/until.ts';

/** About src/provider/authenticationProvider.ts. */
describe('the events of the provider', () => {
  it('report each change of a session once, whichever window made it', async () => {
    const secrets = new FakeSecrets();
    const [{ store: here, refresher }, { store: elsewhere }] = [
      new Window({ secrets: secrets.window() }),
      new Window({ secrets: secrets.window() }),
    ];
    // This test needs no sign-in.
    const dependencies = { store: here, refresher } as ProviderDependencies;
    const provider = new SpotifyAuthenticationProvider(dependencies);
    const told: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[] = [];
    provider.onDidChangeSessions((change) => told.push(change));

    const session = sampleSession();
    const renewed = sampleSession({ token: { ...session.token, accessToken: 'BQy' } });
    await here.put(session);
    await elsewhere.put(renewed);
    await here.remove(session.id);
    await until(async () => (await elsewhere.list()).length === 0);

    // VS Code needs no access token in an event.
    const seen = {
      id: 'first',
      accessToken: '',
      account: { id: 'account-of-alva', label: 'Alva' },
      scopes: ['user-read-private'],
    };
    assert.deepEqual(told, [
      { added: [seen], changed: [], removed: [] },
      { added: [], changed: [seen], removed: [] },
      { added: [], changed: [], removed: [seen] },
    ]);
    provider.dispose();
    here.dispose();
    elsewhere.dispose();
  });
});
