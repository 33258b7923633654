import type { PageKind } from '../auth/authorize.ts';

/** The texts of one page, as plain text. */
export interface PageStrings {
  readonly kind: PageKind;
  /** BCP 47 tag of the language of the texts. */
  readonly language: string;
  readonly title: string;
  readonly text: string;
  /** A link back to the editor; undefined if the operating system cannot open one. */
  readonly link?: { readonly href: string; readonly text: string } | undefined;
}

/** The template's icon for each outcome: not every user can tell colours apart. */
const ICONS: Record<PageKind, string> = {
  signedIn: 'done',
  received: 'note',
  denied: 'declined',
  failed: 'problem',
  expired: 'late',
  used: 'note',
  unknown: 'late',
};

/** Languages written from right to left: `Intl` does not say so in every editor. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

const LINK = /<!-- link -->([\s\S]*?)<!-- \/link -->\s*/;

/** Fills the placeholders of `template`, which is `media/callback.html`. */
export function renderPage(template: string, strings: PageStrings): string {
  const { language, title, text, link } = strings;
  const direction = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
  const icon = ICONS[strings.kind];
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
