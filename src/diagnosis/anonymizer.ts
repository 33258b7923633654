import { redact } from '../common/redact.ts';

/** Four numbers, also in whatever is encoded as a URL within a URL is. */
const IPV4 = /(?:(?<!\d)|(?<=%[\dA-F]{2}))(?!127\.)(?:\d{1,3}\.){3}\d{1,3}(?!\d)/gi;

/** What may be an IPv6 address, with a zone, and with the port that Node puts behind without brackets. */
const IPV6 = /(?<![\p{L}\d])[\da-f]*:[\da-f]*:[\da-f:.]*(?:%[\w.-]+)?/giu;

/** Shortened, or in full; a time of day is neither. */
const IS_IPV6 = /^(?:(?=.*[\da-f]).*::|(?:[^:]*:){7})/i;

const IS_LOOPBACK =
  /^(?:(?:::|(?:0{1,4}:){7})0{0,3}1(?::\d{1,5})?|::ffff:127\.[\d.]+(?::\d{1,5})?)$/i;

/** What Node tells of a certificate for others: all its names, up to the code of the error. */
const CERTIFIED = /(altnames:)[^\n]*?(?=(?: \(ERR_\w+\))?(?:\n|$))/gi;

/** What Node tells of a name that cannot be resolved; Spotify's own say what is wrong. */
const UNRESOLVED =
  /\b(ENOTFOUND|EAI_AGAIN)([: ]+)(?!(?:accounts|api)\.spotify\.com(?![\w-]|\.\w))[^\s"'<>()[\],;]+/gi;

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

/** `text` without the hosts that Node's errors name, known or not: only loopback and Spotify's stay. */
function withoutHosts(text: string): string {
  return text
    .replace(CERTIFIED, '$1 ***')
    .replace(UNRESOLVED, '$1$2***')
    .replace(IPV6, (found) => (IS_IPV6.test(found) && !IS_LOOPBACK.test(found) ? '***' : found))
    .replace(IPV4, '***');
}
