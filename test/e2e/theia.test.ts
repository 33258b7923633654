import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { agreeAs } from '../editorFixture.ts';
import { addDemo, DEMO_CLIENT_ID, type Spotify, startSpotify } from '../spotify/index.ts';
import { theiaBackend } from '../theia/theiaBuild.ts';
import { TheiaPage } from '../theia/theiaPage.ts';
import { TheiaServer } from '../theia/theiaServer.ts';
import { findOrInstallChromium, launchBrowser, newBrowserContext } from '../vscode/browser.ts';
import { BackChannel } from './consumers/backChannel.ts';
import { Consumer } from './consumers/consumer.ts';
import { consumerExtensions, consumerId } from './consumers/consumerExtensions.ts';
import { CHANNEL_SETTING } from './consumers/protocol.ts';

const SCOPES = ['user-read-private', 'user-top-read'];
const OTHER = ['user-library-read'];
const OFFER = 'Sign in with Spotify to use Spotify Authentication (1)';
const ALVA = 'Alva Lind (test server)';
const NOOR = 'Noor Haddad (test server)';

/** About src/node/nodeHost.ts, src/flows/queryEnvironment.ts and src/sessions/sessionKeys.ts. */
describe('Theia, another editor', function () {
  this.timeout(120_000);
  const shared = new AsyncDisposableStack();
  let opened = new AsyncDisposableStack();
  let spotify: Spotify;
  let browser: Browser;
  let channel: BackChannel;
  let server: TheiaServer;
  let theia: TheiaPage;
  let consumer: Consumer;

  before(async function () {
    if (!theiaBackend()) {
      console.log('      skipped: Theia is not built. npm test builds it, or says why it cannot.');
      this.skip();
    }
    spotify = await startSpotify();
    shared.defer(() => spotify.close());
    channel = await BackChannel.open();
    shared.defer(() => channel.close());
    const executable = await findOrInstallChromium(console.log);
    browser = await launchBrowser({ executable, headless: true });
    shared.defer(() => browser.close());
  });
  after(() => shared.disposeAsync());

  /** Starts Theia with a new profile, and opens a window. */
  async function open(hasKeyring: boolean, settings = {}): Promise<void> {
    spotify.reset();
    addDemo(spotify);
    opened = new AsyncDisposableStack();
    server = await TheiaServer.start({
      backend: theiaBackend() ?? '',
      extensions: (await consumerExtensions()).slice(0, 2),
      hasKeyring,
      settings: { [CHANNEL_SETTING]: channel.url, ...settings },
      env: {
        SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl,
        SPOTIFY_SDK_API_URL: spotify.apiUrl,
      },
    });
    opened.defer(() => server.stop());
    const context = await newBrowserContext(browser);
    opened.defer(() => context.close());
    theia = await TheiaPage.open(context, server.url);
    consumer = await take('Consumer A');
  }

  const close = () => opened.disposeAsync();

  const take = async (name: 'Consumer A' | 'Consumer B') =>
    new Consumer(await channel.take(consumerId(name)));

  async function reload(meanwhile?: () => Promise<void>): Promise<void> {
    await theia.reload(meanwhile);
    consumer = await take('Consumer A');
  }

  /** Allows the request of a consumer in Theia’s dialog, and returns Spotify’s page. */
  const allow = (): Promise<Page> =>
    theia.popup(() => theia.answer(/wants (you )?to sign in/, 'Allow'));

  async function silentId(scopes = SCOPES): Promise<string | undefined> {
    return (await consumer.silentSession(scopes))?.id;
  }

  describe('with a keyring', () => {
    let id: string;

    before(() => open(true, { 'spotify-authentication.clientId': DEMO_CLIENT_ID }));
    after(close);

    it('offers to sign in, and signs in by loopback', async () => {
      await theia.untilBadge('1');
      await theia.openAccountsWith(OFFER);
      await theia.closeMenu();
      const pending = consumer.getSession(SCOPES, { createIfNone: true });
      const tab = await allow();
      await agreeAs(tab, 'Alva Lind');
      assert.equal(new URL(tab.url()).hostname, '127.0.0.1');
      const session = await pending;
      assert.ok(session);
      assert.equal(session.account.label, ALVA);
      id = session.id;
    });

    it('leaves the offer in the menu, which is a known fault of Theia', async () => {
      const entries = await theia.openAccountsWith(`${ALVA} (Spotify)`);
      await theia.closeMenu();
      assert.ok(entries.includes(OFFER));
    });

    it('refreshes the token', async () => {
      const before = await consumer.silentSession(SCOPES);
      await consumer.run('advanceClock', 3600);
      const after = await consumer.silentSession(SCOPES);
      assert.deepEqual([before?.id, after?.id], [id, id]);
      assert.notEqual(after?.accessToken, before?.accessToken);
      assert.equal(spotify.requests.count('token', 'refresh_token'), 1);
    });

    it('keeps the session when the window is reloaded, and when the server restarts', async () => {
      await reload();
      assert.equal(await silentId(), id);
      await server.hasSaved('marker');
      await reload(() => server.restart());
      assert.equal(await silentId(), id);
      await theia.openAccountsWith(`${ALVA} (Spotify)`);
      await theia.closeMenu();
    });

    it('signs in to a second account', async () => {
      const pending = consumer.getSession(SCOPES, { forceNewSession: true });
      await agreeAs(await allow(), 'Noor Haddad');
      assert.equal((await pending)?.account.label, NOOR);
    });

    it('ignores the account of a request, which is a known fault: the adapter rejects', async () => {
      const [alva] = await consumer.run('getAccounts');
      assert.equal(alva?.label, ALVA);
      const given = await consumer.getSession(SCOPES, { silent: true, account: alva });
      assert.equal(given?.account.label, NOOR);
      await consumer.run('makeAdapters', 'alva', SCOPES, { account: alva, ask: false });
      await assert.rejects(consumer.run('getAccessToken', 'alva'), { name: 'NoSessionError' });
    });

    it('gives sessions silently to an extension that nobody allowed, which is a known fault', async () => {
      const stranger = await take('Consumer B');
      assert.ok(await stranger.silentSession(SCOPES));
    });

    it('lists an account once for each session, which is a known fault', async () => {
      const pending = consumer.getSession(OTHER, { forceNewSession: true });
      await agreeAs(await allow(), 'Noor Haddad');
      await pending;
      const labels = (await consumer.run('getAccounts')).map(({ label }) => label);
      assert.deepEqual(labels.sort(), [ALVA, NOOR, NOOR]);
    });

    it('gets a token of the app', async () => {
      const pending = consumer.run('getAppSession', { createIfNone: true });
      await theia.answer('wants to sign in using Spotify (app)', 'Allow');
      await theia.quickInput.fill(spotify.apps.get(DEMO_CLIENT_ID)?.clientSecret ?? '');
      await theia.quickInput.accept();
      assert.ok((await pending)?.accessToken);
    });

    it('signs out of an account with one session', async () => {
      await theia.openAccountsWith(`${ALVA} (Spotify)`);
      await theia.clickInMenu(`${ALVA} (Spotify)`, 'Sign Out');
      await theia.clickNotification(ALVA, 'Sign Out');
      const labels = async () => (await consumer.run('getAccounts')).map(({ label }) => label);
      while ((await labels()).includes(ALVA));
    });
  });

  describe('without a keyring', () => {
    before(() => open(false));
    after(close);

    it('answers the first request, offers to sign in, and leads to a client ID', async () => {
      await theia.untilBadge('1');
      const pending = consumer.getSession(SCOPES, { createIfNone: true });
      await theia.answer('wants to sign in using Spotify', 'Allow');
      const { quickInput } = theia;
      await quickInput.pick('I Have an App');
      await quickInput.pick('Continue');
      await quickInput.waitForTitle('Set Up Spotify: Client ID (3/3)');
      await quickInput.fill(DEMO_CLIENT_ID);
      await agreeAs(await theia.popup(() => quickInput.accept()), 'Alva Lind');
      assert.equal((await pending)?.account.label, ALVA);
    });

    it('says after a restart that there is no permanent storage', async function () {
      if (!(await server.hasSaved('marker'))) {
        console.log('      skipped: Theia has lost what the extension noted in globalState');
        return this.skip();
      }
      await reload(() => server.restart());
      assert.equal(await silentId(), undefined);
      await theia.notification('did not survive the restart, because');
    });
  });
});
