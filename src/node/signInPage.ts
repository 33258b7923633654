import type { PageKind } from '../auth/authorize.ts';

/** What one page says; plain text. */
export interface PageStrings {
  readonly kind: PageKind;
  /** BCP 47 tag of their language. */
  readonly language: string;
  readonly title: string;
  readonly text: string;
  /** Leads back to the editor, where the operating system can follow it. */
  readonly link?: { readonly href: string; readonly text: string } | undefined;
}

/** The template's sign for each outcome, since colours are not seen by all. */
const ICONS: Record<PageKind, string> = {
  signedIn: 'done',
  received: 'note',
  denied: 'declined',
  failed: 'problem',
  expired: 'late',
  used: 'note',
  unknown: 'late',
};

/** Languages whose script runs from right to left; `Intl` does not tell in every editor. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

const LINK = /<!-- link -->([\s\S]*?)<!-- \/link -->\s*/;

/** Fills the template of `media/callback.html`. */
export function renderPage(template: string, words: PageStrings): string {
  const { language, title, text, link } = words;
  const direction = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
  const icon = ICONS[words.kind];
  const values: Record<string, string> = { language, direction, title, text, icon };
  if (link) Object.assign(values, { link: link.href, linkText: link.text });
  return template
    .replace(LINK, (_, inner: string) => (link ? inner : ''))
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(values[name] ?? ''));
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
