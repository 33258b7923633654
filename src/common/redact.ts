/** What a value of one of these names is, nobody has to read. */
const SECRET =
  '(?:access|refresh|id)_?token|code(?:_?verifier|_?challenge)?|client_?(?:secret|id)|state|nonce|authorization|password';

/** "=", also encoded as often as a URL within a URL is. */
const EQUALS = '(?:=|%(?:25)*3D)';

/** The scheme of a URL; bounded, since one may begin at every letter of a long word. */
const SCHEME = '[a-z][a-z\\d+.-]{0,30}://';

/** No letter or digit, unless it ends a character that is encoded as often as that. */
const START = '(?:(?<![a-z\\d])|(?<=%(?:25){0,4}[\\da-f]{2}))';

/** From the most to the least that is known of what stands around a secret. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // The credentials of a URL, and all of its query and fragment.
  [new RegExp(`(${SCHEME})[^\\s/?#"'<>]*@`, 'gi'), '$1***@'],
  [new RegExp(`(${SCHEME}[^\\s?#"'<>]{0,2000}[?#])[^\\s"'<>)\\]]+`, 'gi'), '$1***'],
  [/\b(Bearer|Basic)(\s+|%20|\+)[\w.~+/=%-]+/gi, '$1$2***'],
  // JSON, also within JSON, and an object as Node prints it.
  [
    new RegExp(
      `(["']?\\b(?:${SECRET})\\\\*["']?\\s*:\\s*\\\\*(["']))(?:(?!\\2|\\\\).|\\\\.)*`,
      'gis',
    ),
    '$1***',
  ],
  // A form, or a query that has lost its URL.
  [new RegExp(`(${START}(?:${SECRET})${EQUALS})[^\\s&"'<>)\\]]+`, 'gi'), '$1***'],
  // Whatever is long enough to be a token, a code, a verifier or a state: all of it, before the next rule
  // takes a part of it for a token. Then Spotify's own that were cut off.
  [/[\w-]{40,}/g, '***'],
  [/(?:BQ|AQ)[\w-]{16,}/g, '***'],
  // A client ID or a client secret.
  [/[\da-f]{32,}/gi, '***'],
];

/**
 * `text` without tokens, codes, verifiers, secrets, client IDs, and what a URL carries. Everything
 * that is logged goes through here, though none of it is meant to hold any of these.
 */
export function redact(text: string): string {
  return RULES.reduce((rest, [found, replacement]) => rest.replace(found, replacement), text);
}
