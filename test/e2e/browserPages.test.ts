import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { PageKind } from '../../src/auth/authorize.ts';
import { findOrInstallChromium, launchBrowser } from '../vscode/browser.ts';
import { LINK, pageStrings, returnLink, showPage } from './servedPage.ts';

const KINDS = Object.keys({
  signedIn: 0,
  received: 0,
  denied: 0,
  failed: 0,
  expired: 0,
  used: 0,
  unknown: 0,
} satisfies Record<PageKind, 0>) as PageKind[];

const THEMES = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'high contrast': { colorScheme: 'dark', contrast: 'more', forcedColors: 'active' },
} as const;

/**
 * About media/callback.html, src/node/signInPage.ts and src/messages/browserPage.ts: a real browser
 * shows the page that a loopback server sends.
 */
describe('the page that the browser shows after Spotify’s page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let tab: Page;
  /** The browser’s console messages and errors, such as a violation of the content security policy. */
  let consoleMessages: string[];

  before(async () => {
    const executable = await findOrInstallChromium((line) => console.log(line));
    browser = await launchBrowser({ executable, headless: true });
  });
  after(() => browser.close());
  afterEach(() => tab.context().close());

  async function openTab(options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext(options);
    tab = await context.newPage();
    consoleMessages = [];
    tab.on('console', (message) => consoleMessages.push(message.text()));
    tab.on('pageerror', ({ message }) => consoleMessages.push(message));
  }

  for (const kind of KINDS) {
    it(`shows its text and a link to the editor, and is not cached, if its kind is “${kind}”`, async () => {
      await openTab({ javaScriptEnabled: false });
      const headers = await (await showPage(tab, kind))?.allHeaders();
      const { title, text } = pageStrings(kind);
      assert.equal(
        await tab.getByRole('main').getByRole('heading', { level: 1 }).innerText(),
        title,
      );
      assert.equal(await tab.title(), title);
      const link = tab.getByRole('link', { name: returnLink(), exact: true });
      assert.equal(await link.getAttribute('href'), LINK);
      const seen = await tab.locator('body').innerText();
      assert.deepEqual(seen.split(/\s*\n\s*/), [title, text, returnLink()]);

      // If no sign-in waits for the answer, the URL stays, and the user can paste it.
      if (kind !== 'unknown') assert.doesNotMatch(tab.url(), /code|state/);
      assert.equal(headers?.['cache-control'], 'no-store');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.match(headers['content-security-policy'] ?? '', /^default-src 'none'; style-src 'sha/);
      assert.deepEqual(consoleMessages, []);
    });

    it(`passes the accessibility checks of axe in every theme, if its kind is “${kind}”`, async () => {
      await openTab();
      await showPage(tab, kind);
      const colours = new Set<string>();
      for (const [theme, media] of Object.entries(THEMES)) {
        await tab.emulateMedia(media);
        assert.deepEqual(await violations(tab), [], theme);
        colours.add(await style(tab, 'body', 'backgroundColor'));
      }
      assert.equal(colours.size, Object.keys(THEMES).length, 'the style is not applied');
      assert.deepEqual(consoleMessages, []);
    });
  }

  it('fits a narrow window, supports right-to-left languages, and shows the keyboard focus', async () => {
    await openTab({ viewport: { width: 320, height: 480 } });
    const text = 'Geschwindigkeitsbegrenzungsüberschreitungsverfahren'.repeat(2);
    await showPage(tab, 'failed', { language: 'he', title: text, text });
    const [page, window] = await tab.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, innerWidth]',
    );
    assert.equal(page, window);
    assert.equal(await style(tab, 'main', 'direction'), 'rtl');
    assert.equal(await style(tab, 'a', 'outlineStyle'), 'none');
    await tab.keyboard.press('Tab');
    assert.equal(await style(tab, 'a:focus', 'outlineStyle'), 'solid');
    assert.deepEqual(await violations(tab), []);
  });

  it('has no link if the operating system cannot open links to the editor', async () => {
    await openTab();
    await showPage(tab, 'signedIn', { link: undefined });
    assert.equal(await tab.getByRole('link').count(), 0);
    assert.deepEqual(await violations(tab), []);
  });
});

/** Returns what violates axe’s rules: all but the experimental ones, with enhanced contrast. */
async function violations(tab: Page): Promise<string[]> {
  await tab.evaluate(axe.source);
  const results = await tab.evaluate<axe.AxeResults>(
    `axe.run({ rules: { 'color-contrast-enhanced': { enabled: true } } })`,
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function style(tab: Page, selector: string, name: string): Promise<string> {
  return tab.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${name}`);
}
