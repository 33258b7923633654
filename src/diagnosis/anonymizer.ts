import { redact } from '../redact.ts';

/** A shorter name would be found where it is none. */
const SHORTEST = 2;

/**
 * What takes secrets, and every one of `names` that stands for itself, out of a text which others
 * have written: an error's message, a line of the log.
 */
export function anonymizer(names: readonly (string | undefined)[]): (text: string) => string {
  const written = [...new Set(names)]
    .filter((name) => name !== undefined)
    .filter((name) => name.length >= SHORTEST)
    .flatMap((name) => [name, encodeURIComponent(name)])
    // The longest first, since one may be a part of another.
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (written.length === 0) return redact;
  const any = new RegExp(
    `(?:(?<![\\p{L}\\d])|(?<=%[\\dA-F]{2}))(?:${written.join('|')})(?![\\p{L}\\d])`,
    'gu',
  );
  return (text) => redact(text).replace(any, '***');
}
