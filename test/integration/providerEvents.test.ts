import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import {
  type ProviderRooms,
  SpotifyAuthenticationProvider,
} from '../../src/authenticationProvider.ts';
import { SessionStore } from '../../src/sessions/sessionStore.ts';
import { FakeSecrets } from '../unit/sessions/fakeSecretStorage.ts';
import { sampleSession } from '../unit/sessions/sampleSession.ts';

const ignore = () => undefined;
const log: ProviderRooms['log'] = { debug: ignore, info: ignore, warn: ignore, error: ignore };

describe('what the provider tells VS Code', () => {
  it('is each change of a session once, whichever window made it', async () => {
    const secrets = new FakeSecrets();
    const [here, elsewhere] = [
      new SessionStore(secrets.window(), log),
      new SessionStore(secrets.window(), log),
    ];
    // Signing in and refreshing have no part in it.
    const provider = new SpotifyAuthenticationProvider({ store: here, log } as ProviderRooms);
    const told: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[] = [];
    provider.onDidChangeSessions((change) => told.push(change));

    const session = sampleSession();
    const renewed = sampleSession({ token: { ...session.token, accessToken: 'BQy' } });
    await here.put(session);
    await elsewhere.put(renewed);
    await here.remove(session.id);
    assert.deepEqual(await elsewhere.list(), []);

    const seen = (accessToken: string) => ({
      id: 'first',
      accessToken,
      account: { id: 'account-of-alva', label: 'Alva' },
      scopes: ['user-read-private'],
    });
    assert.deepEqual(told, [
      { added: [seen('BQx')], changed: [], removed: [] },
      { added: [], changed: [seen('BQy')], removed: [] },
      { added: [], changed: [], removed: [seen('BQy')] },
    ]);
    provider.dispose();
    here.dispose();
    elsewhere.dispose();
  });
});
