import { redact } from '../common/redact.ts';
import { withoutHosts } from './hosts.ts';

/** A shorter name would be found where it is none. */
const SHORTEST = 2;

/**
 * What takes secrets, the hosts of others, and every one of `names` that stands for itself, however
 * it is capitalised, out of a text which others have written: an error's message, a line of the log.
 */
export function anonymizer(names: readonly (string | undefined)[]): (text: string) => string {
  const written = [...new Set(names)]
    .filter((name) => name !== undefined)
    .filter((name) => name.length >= SHORTEST)
    // Half of a character, as in a name that was cut off, cannot be encoded.
    .flatMap((name) => [name, encodeURIComponent(name.toWellFormed())])
    // The longest first, since one may be a part of another.
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const any = new RegExp(
    `(?:(?<![\\p{L}\\d])|(?<=%[\\dA-F]{2}))(?:${written.join('|')})(?![\\p{L}\\d])`,
    'giu',
  );
  return (text) => {
    const known = withoutHosts(redact(text));
    return written.length === 0 ? known : known.replace(any, '***');
  };
}
