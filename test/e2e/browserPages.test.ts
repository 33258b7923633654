import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { PageKind } from '../../src/auth/authorize.ts';
import { findOrInstallChromium, launchBrowser } from '../vscode/browser.ts';
import { LINK, pageStrings, returnLink, showPage } from './servedPage.ts';

const KINDS = Object.keys({
  ...{ signedIn: 0, received: 0, denied: 0, failed: 0, expired: 0, used: 0, unknown: 0 },
} satisfies Record<PageKind, 0>) as PageKind[];

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'high contrast': { colorScheme: 'dark', contrast: 'more', forcedColors: 'active' },
} as const;

/** The real template with the real words, served as a sign-in serves it, in a real browser. */
describe('the page that the browser’s tab ends on', function () {
  this.timeout(60_000);
  let browser: Browser;
  let tab: Page;
  /** What the browser has to say, such as that a policy forbids something. */
  let complaints: string[];

  before(async () => {
    const executable = await findOrInstallChromium((line) => console.log(line));
    browser = await launchBrowser({ executable, headless: true });
  });
  after(() => browser.close());
  afterEach(() => tab.context().close());

  async function openTab(options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext(options);
    tab = await context.newPage();
    complaints = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', ({ message }) => complaints.push(message));
  }

  for (const kind of KINDS) {
    it(`says what there is to say, keeps nothing, and leads back, when it is “${kind}”`, async () => {
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

      // What answers no sign-in of ours stays, to be pasted where it belongs.
      if (kind !== 'unknown') assert.doesNotMatch(tab.url(), /code|state/);
      assert.equal(headers?.['cache-control'], 'no-store');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.match(headers['content-security-policy'] ?? '', /^default-src 'none'; style-src 'sha/);
      assert.deepEqual(complaints, []);
    });

    it(`has nothing that axe finds fault with, when it is “${kind}”`, async () => {
      await openTab();
      await showPage(tab, kind);
      const colours = new Set<string>();
      for (const [look, media] of Object.entries(LOOKS)) {
        await tab.emulateMedia(media);
        assert.deepEqual(await faults(tab), [], look);
        colours.add(await style(tab, 'body', 'backgroundColor'));
      }
      assert.equal(colours.size, Object.keys(LOOKS).length, 'the style is not applied');
      assert.deepEqual(complaints, []);
    });
  }

  it('fits a narrow window, runs from right to left, and shows where the focus is', async () => {
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
    assert.deepEqual(await faults(tab), []);
  });

  it('has no link where the operating system would not find the editor', async () => {
    await openTab();
    await showPage(tab, 'signedIn', { link: undefined });
    assert.equal(await tab.getByRole('link').count(), 0);
    assert.deepEqual(await faults(tab), []);
  });
});

/** What axe finds, by all of its rules but those that are said to be experiments. */
async function faults(tab: Page): Promise<string[]> {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate<axe.AxeResults>(
    `axe.run({ rules: { 'color-contrast-enhanced': { enabled: true } } })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function style(tab: Page, selector: string, name: string): Promise<string> {
  return tab.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${name}`);
}
