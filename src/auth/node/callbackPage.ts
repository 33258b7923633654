import { createHash } from 'node:crypto';
import type { PageKind } from '../authorize.ts';
import { warnProgram } from '../programCallback.ts';

/** Headers of every answer to a browser: its URL, or the one before, may contain a code. */
export const PRIVATE_HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};

/** Returns the headers of a page. Its policy allows no resources and no scripts, only its `<style>`. */
export function pageHeaders(html: string): Record<string, string> {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1];
  const hash = style && createHash('sha256').update(style).digest('base64');
  const styles = hash ? `style-src 'sha256-${hash}'; ` : '';
  return {
    ...PRIVATE_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; ${styles}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

const PLAIN_SENTENCES: Record<PageKind, string> = {
  signedIn: 'Signed in to Spotify. You can close this tab.',
  denied: 'Access was declined. You can close this tab.',
  failed: 'The sign-in failed. The program that started it says why.',
  expired: 'This sign-in was cancelled, or took too long.',
  received: 'Spotify has answered. You can close this tab.',
  used: 'This sign-in was completed in another tab.',
  unknown: 'No sign-in is waiting for this page.',
};

/**
 * Returns a function that always returns a page: the plain one if `page` throws or returns no text. The
 * program then gets a warning, once.
 */
export function withPlainPage(page: (kind: PageKind) => unknown): (kind: PageKind) => string {
  let hasWarned = false;
  const plain = (kind: PageKind, reason: string) => {
    if (!hasWarned) warnProgram(`The option page failed, so the tab shows a plain page. ${reason}`);
    hasWarned = true;
    return plainPage(kind);
  };
  return (kind) => {
    try {
      const html = page(kind);
      if (typeof html === 'string') return html;
      // A rejection that is not handled would end the process.
      Promise.resolve(html).catch(() => undefined);
      return plain(kind, 'It must return a string.');
    } catch (error) {
      return plain(kind, String(error));
    }
  };
}

/** Returns a page with one sentence, for programs without a page of their own. */
export function plainPage(kind: PageKind): string {
  const sentence = PLAIN_SENTENCES[kind];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${sentence}</title><p>${sentence}</p></html>`;
}
