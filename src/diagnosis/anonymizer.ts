import { redact } from '../common/redact.ts';
import { REMOTE_KINDS } from './remoteKinds.ts';

/** The start of a name, also after a character that is encoded, as in a URL within a URL. */
const START = '(?:(?<![\\p{L}\\d])|(?<=%[\\dA-F]{2}))';

/** An IPv4 address outside 127.0.0.0/8, also within a URL that is encoded in another URL. */
const IPV4 = /(?:(?<!\d)|(?<=%[\dA-F]{2}))(?!127\.)(?:\d{1,3}\.){3}\d{1,3}(?!\d)/gi;

/** A text that may be an IPv6 address, with its zone and with the port that Node appends. */
const MAYBE_IPV6 = /(?<![\p{L}\d])[\da-f]*:[\da-f]*:[\da-f:.]*(?:%[\w.-]+)?/giu;

/** A shortened or a full IPv6 address, but not a time of day. */
const IPV6 = /^(?:(?=.*[\da-f]).*::|(?:[^:]*:){7})/i;

const IPV6_LOOPBACK =
  /^(?:(?:::|(?:0{1,4}:){7})0{0,3}1(?::\d{1,5})?|::ffff:127\.[\d.]+(?::\d{1,5})?)$/i;

/** The host names that Node lists if a certificate belongs to other hosts, up to the error code. */
const CERTIFICATE_HOSTS = /(altnames:)[^\n]*?(?=(?: \(ERR_\w+\))?(?:\n|$))/gi;

/**
 * The host name in Node's error about a name that cannot be resolved, unless it is Spotify's. It stands
 * after the error code, such as `getaddrinfo EAI_FAIL` or `queryA ESERVFAIL`.
 */
const UNRESOLVED_HOST =
  /\b((?:getaddrinfo|query[A-Z]\w*) [A-Z][A-Z\d_]*|ENOTFOUND|EAI_AGAIN)([: ]+["']?)(?!(?:accounts|api)\.spotify\.com(?![\w-]|\.\w))[^\s"'<>()[\],;]+/g;

/** The domain after `wpad.`, the host where a computer looks for its proxy, but not its file `wpad.dat`. */
const proxyDiscovery = () => new RegExp(`(${START}wpad\\.)(?!dat(?![\\w.-]))[\\p{L}\\d.-]+`, 'giu');

/** The host or the name after the kind of a remote, as in `vscode-remote://ssh-remote+host/`. */
const remoteAuthority = () =>
  new RegExp(`(${START}(?:${REMOTE_KINDS})(?:\\+|%(?:25)*2B))[^\\s/\\\\?#"'<>()[\\],;]+`, 'giu');

/** The host after the credentials of a URL, which `redact` has removed. */
const HOST_AFTER_CREDENTIALS = /(\*\*\*@)[^\s/?#"'<>:()[\]]+/g;

/**
 * A name in the short form of Windows, with at most 6 characters before the tilde, such as the user name
 * in `C:\Users\JANEDO~1`.
 */
const SHORT_NAME =
  /(?<=^|[\s\\/:*?"'<>|.,;()[\]=]|%[\dA-F]{2})[^\s\\/:*?"'<>|.,;()[\]=~%]{1,6}~\d{1,6}/gi;

/**
 * The minimum length of a name that is removed from the report. A shorter name would also match
 * ordinary words.
 */
const MIN_NAME_LENGTH = 2;

/**
 * Makes a function that removes secrets, hosts and the given names from a text, such as an error
 * message or a line of the log. A name is removed in any capitalisation, but not within a longer word.
 * Undefined names are ignored.
 */
export function anonymizer(names: readonly (string | undefined)[]): (text: string) => string {
  const patterns = [...new Set(names)]
    .filter((name) => name !== undefined)
    .filter((name) => name.length >= MIN_NAME_LENGTH)
    // encodeURIComponent throws for half a character, as at the end of a name that was cut off.
    .flatMap((name) => [name, encodeURIComponent(name.toWellFormed())])
    // The longest first, because one name may be a part of another.
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const anyName = new RegExp(`${START}(?:${patterns.join('|')})(?![\\p{L}\\d])`, 'giu');
  return (text) => {
    const redacted = withoutHosts(redact(text));
    return patterns.length === 0 ? redacted : redacted.replace(anyName, '***');
  };
}

/**
 * Removes the hosts that errors of Node and VS Code name, except loopback addresses and Spotify's hosts;
 * also short names of Windows, since the short form of the user's name is not known.
 */
function withoutHosts(text: string): string {
  return text
    .replace(CERTIFICATE_HOSTS, '$1 ***')
    .replace(UNRESOLVED_HOST, '$1$2***')
    .replace(proxyDiscovery(), '$1***')
    .replace(remoteAuthority(), '$1***')
    .replace(HOST_AFTER_CREDENTIALS, '$1***')
    .replace(SHORT_NAME, '***')
    .replace(MAYBE_IPV6, (found) =>
      IPV6.test(found) && !IPV6_LOOPBACK.test(found) ? '***' : found,
    )
    .replace(IPV4, '***');
}
