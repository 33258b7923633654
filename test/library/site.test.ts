import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/paths.ts';
import { findOrInstallChromium, launchBrowser } from '../vscode/browser.ts';
import { buildSite, htmlFiles, isAlive, linksOf, scriptedLinks, site } from './builtSite.ts';
import { allPages } from './codeBlocks.ts';

/** The rules of axe whose results differ between light and dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** About typedoc.json, scripts/typedocPlugin.ts and docs/site/. */
describe('the site of the pages and the reference', function () {
  this.timeout(120_000);
  let built: ReturnType<typeof buildSite>;

  before(() => {
    built = buildSite();
  });

  it('is built without a warning', () => {
    assert.deepEqual([built.status, /\[(warning|error)\].*/.exec(built.output)], [0, null]);
  });

  it('has every page of docs/ once in its navigation, and a sentence about each', () => {
    const config = readFileSync(path.join(root, 'typedoc.json'), 'utf8');
    const { projectDocuments: sections } = JSON.parse(config) as { projectDocuments: string[] };
    const listed = sections.flatMap((section) => {
      const text = readFileSync(path.join(root, section), 'utf8');
      const [, list = '', sentences = ''] = /^---\n([\s\S]*?)^---\n([\s\S]*)/m.exec(text) ?? [];
      const children = [...list.matchAll(/^ {2}.+: (\S+\.md)$/gm)].map(([, page = '']) => page);
      for (const page of children)
        assert.ok(sentences.includes(`](${page})`), `${section}: ${page}`);
      return children.map((page) => path.posix.join(path.posix.dirname(section), page));
    });
    const pages = allPages().filter((page) => !['README.md', ...sections].includes(page));
    assert.deepEqual(
      listed.filter((page) => page.startsWith('docs/')).sort(),
      pages.sort(),
      'add the page to a list in docs/site/, a decision to docs/decisions/index.md',
    );
  });

  it('has no dead link, also none to a heading, in its pages, its navigation and its search', () => {
    const files = htmlFiles();
    assert.ok(files.length > 50);
    const links = files.flatMap((file) => linksOf(file).map((link) => ({ file, link })));
    const scripted = scriptedLinks().map((link) => ({ file: 'index.html', link }));
    assert.ok(scripted.length > 100);
    const inside = [...links, ...scripted].filter(({ link }) => !/^(https?|data):/.test(link));
    assert.ok(inside.some(({ link }) => link.includes('#')));
    assert.deepEqual(
      inside.filter(({ file, link }) => !isAlive(link, file)),
      [],
    );
  });

  it('has no copies of sources and tests: links to them lead to the repository', () => {
    const links = htmlFiles().flatMap(linksOf);
    assert.ok(links.some((link) => /^https:\/\/github\.com\/.*\/test\/.*\.test\.ts$/.test(link)));
    const media = links.filter((link) => /^(\.\.\/)*media\//.test(link));
    assert.ok(media.length > 0);
    assert.deepEqual(
      media.filter((link) => !/\.(png|svg|gif)$/.test(link)),
      [],
    );
  });

  describe('in a browser, from a folder without a server', () => {
    let browser: Browser;
    let tab: Page;

    before(async () => {
      const executable = await findOrInstallChromium((line) => console.log(line));
      browser = await launchBrowser({ executable, headless: true });
    });
    after(() => browser.close());
    beforeEach(async () => {
      tab = await browser.newPage({ viewport: { width: 360, height: 740 } });
    });
    afterEach(() => tab.close());

    const open = (file: string) => tab.goto(pathToFileURL(path.join(site, file)).href);

    it('fits a phone, and has no serious fault by axe, in light and dark', async () => {
      const files = htmlFiles().filter((file) =>
        /^(index|documents\/.*(Start|Known|Handle).*|classes\/.*AuthorizationCode)\.html$/.test(
          file,
        ),
      );
      assert.equal(files.length, 5);
      for (const file of files) {
        await open(file);
        const widths = await tab.evaluate('[document.documentElement.scrollWidth, innerWidth]');
        assert.deepEqual(widths, [360, 360], file);
        await tab.emulateMedia({ colorScheme: 'light' });
        assert.deepEqual(await faults(tab), [], `${file}, light`);
        await tab.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await faults(tab, COLOUR_RULES), [], `${file}, dark`);
      }
    });

    it('finds a text in a page, and a name in the reference', async () => {
      await open('index.html');
      for (const [text, title] of [
        ['keyring', /Known complaints/],
        ['exchangeCode', /AuthorizationCode\.exchangeCode/],
      ] as const) {
        await tab.getByRole('button', { name: 'Search' }).click();
        await tab.locator('#tsd-search-input').fill(text);
        const result = tab.locator('#tsd-search-results').getByText(title).first();
        await result.click();
        await tab.getByRole('main').getByText(text).first().waitFor();
      }
    });
  });
});

/** Returns what axe calls serious or critical. The links in the titles of folded parts are the theme’s. */
async function faults(tab: Page, runOnly?: readonly string[]): Promise<string[]> {
  await tab.evaluate(axe.source);
  const options = runOnly ? { runOnly } : { rules: { 'nested-interactive': { enabled: false } } };
  const { violations } = await tab.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
