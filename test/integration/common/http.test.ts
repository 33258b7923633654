import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { AuthorizationCode, endpointsAt } from '../../../src/auth/index.ts';
import { defaultFetch } from '../../../src/auth/globalFetch.ts';
import { startSpotify } from '../../spotify/index.ts';
import { ConnectProxy } from '../../connectProxy.ts';
import { OWN_ID, signInFromAccountsMenu, signOut } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

/** About src/auth/globalFetch.ts. */
describe('HTTP in the extension host', () => {
  const suite = integrationSuite();
  let proxy: ConnectProxy;

  const setProxy = (url: string | undefined) =>
    vscode.workspace
      .getConfiguration('http')
      .update('proxy', url, vscode.ConfigurationTarget.Global);

  before(async () => {
    proxy = await ConnectProxy.start();
    await setProxy(proxy.url);
  });
  after(async () => {
    await setProxy(undefined);
    proxy.close();
  });
  beforeEach(() => (proxy.tunnels.length = 0));

  it('sends a sign-in’s requests through the proxy of the user’s settings', async function () {
    const { spotify } = suite;
    const { host, hostname } = new URL(spotify.accountsUrl);
    if (hostname === '127.0.0.1') {
      console.log('      skipped: VS Code sends nothing to 127.0.0.1 through a proxy');
      return this.skip();
    }
    await signInFromAccountsMenu(['user-read-private']);
    // The editor sends requests of its own meanwhile.
    const ours = proxy.tunnels.filter((target) => target.startsWith(hostname));
    assert.deepEqual(ours, [host, new URL(spotify.apiUrl).host]);
    await signOut('Alva Lind (test server)');
  });

  it('sends requests to 127.0.0.1 without the proxy, as VS Code always does', async () => {
    const near = await startSpotify({ host: '127.0.0.1' });
    const app = near.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    const user = near.addUser({ id: 'alva', displayName: 'Alva' });
    const auth = new AuthorizationCode({
      clientId: app.clientId,
      clientSecret: null,
      refreshToken: near.tokens.issue(user, app).refreshToken,
      endpoints: endpointsAt(near.accountsUrl),
      fetch: defaultFetch,
    });
    assert.ok(await auth.getAccessToken());
    assert.ok(!proxy.tunnels.includes(new URL(near.accountsUrl).host));
    await near.close();
  });

  it('loads no undici of its own', () => {
    const { extensionPath } = vscode.extensions.getExtension(OWN_ID) ?? {};
    const packages = path.join(String(extensionPath), 'node_modules');
    const undici = path.join(packages, 'undici');
    const { cache } = createRequire(packages);
    const loaded = Object.keys(cache).filter((file) => file.startsWith(undici));
    assert.deepEqual(loaded, []);
  });
});
