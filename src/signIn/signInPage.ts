/** The words of one page; plain text. */
export interface PageWords {
  /** BCP 47 tag of their language. */
  readonly language: string;
  readonly title: string;
  readonly text: string;
}

/** Fills the template of `media/callback.html`. */
export function renderPage(template: string, words: PageWords): string {
  const { language, title, text } = words;
  const values: Record<string, string> = { language, title, text };
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(values[name] ?? ''));
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
