import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { renderPage } from '../../../src/signIn/signInPage.ts';

const template = readFileSync(new URL('../../../media/callback.html', import.meta.url), 'utf8');

describe('renderPage', () => {
  it('fills every place of the template', () => {
    const html = renderPage(template, { language: 'de', title: 'Fertig', text: 'Zurück.' });
    assert.match(html, /<html lang="de">/);
    assert.match(html, /<title>Fertig<\/title>[\s\S]*<h1>Fertig<\/h1>\s*<p>Zurück\.<\/p>/);
    assert.doesNotMatch(html, /\{\{/);
  });

  it('makes no markup of words', () => {
    const html = renderPage('<p>{{text}}</p>', {
      language: 'en',
      title: '',
      text: `<b title="x">&'`,
    });
    assert.equal(html, '<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39;</p>');
  });

  it('has nothing external and one inline style in its template', () => {
    assert.equal(template.match(/<style>/g)?.length, 1);
    assert.doesNotMatch(template, /https?:|<script|<link|<img|\sstyle=|\son\w+=/);
  });
});
