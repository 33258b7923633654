import { createHash } from 'node:crypto';
import type { PageKind } from '../authorize.ts';

/** For every answer to a browser that may carry a code, or come after one that did. */
export const PRIVATE = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};

/** Headers of the page `html`. Nothing may load or run; its own style is named by its hash. */
export function pageHeaders(html: string): Record<string, string> {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1];
  const hash = style && createHash('sha256').update(style).digest('base64');
  const styles = hash ? `style-src 'sha256-${hash}'; ` : '';
  return {
    ...PRIVATE,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; ${styles}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

const PLAIN_WORDS: Record<PageKind, string> = {
  signedIn: 'Signed in to Spotify. You can close this tab.',
  denied: 'Access was declined. You can close this tab.',
  failed: 'The sign-in did not work. The program that asked for it says why.',
  expired: 'This sign-in is over: it was cancelled, or took too long.',
  received: 'Spotify has answered. You can close this tab.',
  used: 'This sign-in was completed in another tab.',
  unknown: 'No sign-in is waiting for this page.',
};

/** A page for programs that have none of their own. */
export function plainPage(kind: PageKind): string {
  const words = PLAIN_WORDS[kind];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${words}</title><p>${words}</p></html>`;
}
