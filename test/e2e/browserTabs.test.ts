import assert from 'node:assert/strict';
import { authorize, type PageKind } from '../../src/auth/authorize.ts';
import { AuthorizationDeniedError } from '../../src/auth/index.ts';
import { LoopbackServer } from '../../src/auth/node/loopbackServer.ts';
import { pastedAnswer } from '../../src/auth/pastedAddress.ts';
import { BROWSERS, installBrowsers, missing } from '../tabs/browsers.ts';
import { NAMED_HOST } from '../tabs/firefox.ts';
import { addressOf, has, shows, type Tab, type TabBrowser } from '../tabs/tab.ts';
import { freePort } from '../vscode/serverProcess.ts';
import { type SecureSpotify, startSecureSpotify } from './secureSpotify.ts';
import { pageStrings, servedPage } from './servedPage.ts';
import { AGREE, CANCEL, TabSignIn } from './tabSignIn.ts';

const FIREFOX = BROWSERS.filter(({ packages }) => packages.includes('firefox-esr'));

/**
 * About src/auth/node/loopbackServer.ts and media/callback.html: three browsers come from Spotify’s page,
 * which has TLS, to the loopback address, which has none.
 */
describe('the tab of a sign-in', function () {
  this.timeout(60_000);
  const running = new Map<string, TabBrowser>();
  let spotify: SecureSpotify;

  before(async function () {
    this.timeout(180_000);
    await installBrowsers(console.log);
    spotify = await startSecureSpotify();
    const installed = BROWSERS.filter((kind) => !missing(kind));
    await Promise.all(installed.map(async (kind) => running.set(kind.name, await kind.launch())));
  });
  after(async () => {
    await Promise.all([...running.values()].map((browser) => browser.close()));
    await spotify.close();
  });

  /** Defines a test for each of these browsers. The steps begin in all of them at once. */
  function inBrowsers(
    title: string,
    steps: (browser: TabBrowser) => Promise<void>,
    kinds = BROWSERS,
  ): void {
    describe(title, () => {
      let runs: Map<string, Promise<void>>;
      before(() => {
        const browsers = [...running].filter(([name]) => kinds.some((kind) => kind.name === name));
        runs = new Map(browsers.map(([name, browser]) => [name, steps(browser)]));
        // Each test reports the failure of its own browser.
        for (const run of runs.values()) run.catch(() => undefined);
      });
      for (const kind of kinds) {
        it(`in ${kind.name}`, async function () {
          const reason = missing(kind);
          if (reason) {
            console.log(`      skipped: ${reason}`);
            return this.skip();
          }
          assert.ok(runs.has(kind.name));
          await runs.get(kind.name);
        });
      }
    });
  }

  const begin = async (browser: TabBrowser, options?: { holdsExchange: true }) => {
    const signIn = new TabSignIn(spotify, browser, options);
    await signIn.begin();
    return signIn;
  };

  inBrowsers(
    'shows that the user is signed in, and no code, not even after Back',
    async (browser) => {
      const { tab, result } = await begin(browser);
      await tab.click(AGREE);
      await showsPage(tab, 'signedIn');
      assert.ok(await result);
      assert.match(await tab.address(), /^http:\/\/127\.0\.0\.1:\d+\/done$/);
      const style = 'getComputedStyle(document.querySelector("main")).textAlign';
      assert.equal(await tab.evaluate(style), 'center', 'The style is not applied.');
      await tab.back();
      // A browser loads the consent page again or shows it from its memory.
      assert.doesNotMatch(await addressOf(tab, /(authorize|done\?used)/), /code=AQ/);
    },
  );

  inBrowsers('shows that the user declined', async (browser) => {
    const { tab, result } = await begin(browser);
    await tab.click(CANCEL);
    await showsPage(tab, 'denied');
    await assert.rejects(result, AuthorizationDeniedError);
  });

  inBrowsers('shows that the sign-in has ended if it was cancelled meanwhile', async (browser) => {
    const signIn = await begin(browser, { holdsExchange: true });
    const { tab, cancel, result } = signIn;
    await tab.click(AGREE);
    await signIn.exchanging;
    cancel.abort(new Error('cancelled'));
    await showsPage(tab, 'expired');
    await assert.rejects(result, /cancelled/);
  });

  inBrowsers('says so if another tab has completed the sign-in', async (browser) => {
    const signIn = await begin(browser, { holdsExchange: true });
    await signIn.tab.click(AGREE);
    await signIn.exchanging;
    const second = await signIn.openAgain();
    await showsPage(second, 'used');
    signIn.exchange();
    assert.ok(await signIn.result);
    assert.equal(signIn.exchanges(), 1);
  });

  inBrowsers('keeps an address for pasting that it cannot load', async (browser) => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    await pastes(browser, redirectUri);
  });

  inBrowsers('keeps an address for pasting that reached another sign-in', async (browser) => {
    const other = await LoopbackServer.listen({
      redirectUri: 'http://127.0.0.1/callback',
      state: 'other',
      page: servedPage,
    });
    await showsPage(await pastes(browser, other.redirectUri), 'unknown');
    await other.close('failed');
  });

  /** Signs in with the address that the tab has after the consent. */
  async function pastes(browser: TabBrowser, redirectUri: string): Promise<Tab> {
    const signIn = new TabSignIn(spotify, browser);
    const tab = await browser.newTab();
    const state = 'this-sign-in';
    const waitForCallback = async () => {
      await has(tab, AGREE);
      await tab.click(AGREE);
      const address = await addressOf(tab, /^http:.*\/callback/);
      return pastedAnswer(address, state) ?? assert.fail(`${address} is no answer.`);
    };
    const openBrowser = (url: string) => tab.open(signIn.secure(url));
    const signal = AbortSignal.timeout(20_000);
    assert.ok(
      await authorize(
        signIn.auth,
        { redirectUri, waitForCallback },
        { state, openBrowser, signal },
      ),
    );
    return tab;
  }

  inBrowsers(
    'is in a browser that replaces http by https',
    async (browser) => {
      const tab = await browser.newTab();
      await tab.open(`http://${NAMED_HOST}:${new URL(spotify.secureUrl).port}/authorize`);
      await addressOf(tab, /^https:/);
    },
    FIREFOX,
  );
});

const showsPage = (tab: Tab, kind: PageKind): Promise<void> => shows(tab, pageStrings(kind).title);
