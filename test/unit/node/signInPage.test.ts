import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type PageStrings, renderPage } from '../../../src/node/signInPage.ts';

const template = readFileSync(new URL('../../../media/callback.html', import.meta.url), 'utf8');
const WORDS: PageStrings = { kind: 'signedIn', language: 'de', title: 'Fertig', text: 'Zurück.' };

describe('renderPage', () => {
  it('fills every place of the template', () => {
    const link = { href: 'vscode://a.b/return?windowId=3', text: 'Los' };
    const html = renderPage(template, { ...WORDS, link });
    assert.match(html, /<html lang="de" dir="ltr">/);
    assert.match(html, /<title>Fertig<\/title>[\s\S]*<h1>Fertig<\/h1>\s*<p>Zurück\.<\/p>/);
    assert.match(html, /<a href="vscode:\/\/a\.b\/return\?windowId=3">Los<\/a>/);
    assert.doesNotMatch(html, /\{\{|<!--/);
  });

  it('has no link where none leads back', () => {
    assert.doesNotMatch(renderPage(template, WORDS), /<a\b|\{\{|<!--/);
  });

  it('shows the sign of the outcome', () => {
    const signs = (['signedIn', 'denied', 'failed', 'expired'] as const).map(
      (kind) => /<use\s+href="#(\w+)"/.exec(renderPage(template, { ...WORDS, kind }))?.[1],
    );
    assert.deepEqual(signs, ['done', 'declined', 'problem', 'late']);
    for (const sign of signs) assert.ok(template.includes(`id="${sign}"`), sign);
  });

  it('runs from right to left where its language does', () => {
    const html = renderPage(template, { ...WORDS, language: 'ar-EG' });
    assert.match(html, /<html lang="ar-EG" dir="rtl">/);
  });

  it('makes no markup of words', () => {
    const words = { ...WORDS, text: `<b title="x">&'` };
    const html = renderPage('<p>{{text}}</p>', words);
    assert.equal(html, '<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39;</p>');
  });

  it('has nothing external and one inline style in its template', () => {
    assert.equal(template.match(/<style>/g)?.length, 1);
    assert.doesNotMatch(template, /https?:|<script|<link|<img|\sstyle=|\son\w+=/);
  });
});
