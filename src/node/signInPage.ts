import type { PageKind } from '../auth/authorize.ts';

/** The kind of one page, and its texts as plain text. */
export interface PageStrings {
  readonly kind: PageKind;
  /** BCP 47 tag of the language in which the texts are written. */
  readonly language: string;
  readonly title: string;
  readonly text: string;
  /** A link that opens the editor; undefined if the operating system cannot open such a link. */
  readonly link?: { readonly href: string; readonly text: string } | undefined;
}

/**
 * The template's icon for each kind of page. The icons differ in form, because not every user can
 * tell colours apart.
 */
const ICONS: Record<PageKind, string> = {
  signedIn: 'done',
  received: 'note',
  denied: 'declined',
  failed: 'problem',
  expired: 'late',
  used: 'note',
  unknown: 'late',
};

/** Languages that are written from right to left. `Intl` does not know them in every editor. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

const LINK = /<!-- link -->([\s\S]*?)<!-- \/link -->\s*/;

/** Returns `template`, the text of `media/callback.html`, with its placeholders filled. */
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
