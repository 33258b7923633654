import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type PageStrings, renderPage } from '../../../src/node/signInPage.ts';

const template = readFileSync(new URL('../../../media/callback.html', import.meta.url), 'utf8');
const STRINGS: PageStrings = { kind: 'signedIn', language: 'de', title: 'Fertig', text: 'Zurück.' };

describe('renderPage', () => {
  it('fills every placeholder of the template', () => {
    const link = { href: 'vscode://a.b/return?windowId=3', text: 'Los' };
    const html = renderPage(template, { ...STRINGS, link });
    assert.match(html, /<html lang="de" dir="ltr">/);
    assert.match(html, /<title>Fertig<\/title>[\s\S]*<h1>Fertig<\/h1>\s*<p>Zurück\.<\/p>/);
    assert.match(html, /<a href="vscode:\/\/a\.b\/return\?windowId=3">Los<\/a>/);
    assert.doesNotMatch(html, /\{\{|<!--/);
  });

  it('has no link if none is given', () => {
    assert.doesNotMatch(renderPage(template, STRINGS), /<a\b|\{\{|<!--/);
  });

  it('shows the icon of the outcome', () => {
    const icons = (['signedIn', 'denied', 'failed', 'expired'] as const).map(
      (kind) => /<use\s+href="#(\w+)"/.exec(renderPage(template, { ...STRINGS, kind }))?.[1],
    );
    assert.deepEqual(icons, ['done', 'declined', 'problem', 'late']);
    for (const icon of icons) assert.ok(template.includes(`id="${icon}"`), icon);
  });

  it('has the direction of its language', () => {
    const html = renderPage(template, { ...STRINGS, language: 'ar-EG' });
    assert.match(html, /<html lang="ar-EG" dir="rtl">/);
  });

  it('escapes markup in texts', () => {
    const strings = { ...STRINGS, text: `<b title="x">&'` };
    const html = renderPage('<p>{{text}}</p>', strings);
    assert.equal(html, '<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39;</p>');
  });

  it('has nothing external and one inline style in its template', () => {
    assert.equal(template.match(/<style>/g)?.length, 1);
    assert.doesNotMatch(template, /https?:|<script|<link|<img|\sstyle=|\son\w+=/);
  });
});
