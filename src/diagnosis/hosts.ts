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

/** `text` without the hosts that Node's errors name, known or not: only loopback and Spotify's stay. */
export function withoutHosts(text: string): string {
  return text
    .replace(CERTIFIED, '$1 ***')
    .replace(UNRESOLVED, '$1$2***')
    .replace(IPV6, (found) => (IS_IPV6.test(found) && !IS_LOOPBACK.test(found) ? '***' : found))
    .replace(IPV4, '***');
}
