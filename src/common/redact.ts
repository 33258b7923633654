/** Names whose values are secrets. */
const SECRET =
  '(?:access|refresh|id)_?token|code(?:_?verifier|_?challenge)?|client_?(?:secret|id)|state|nonce|authorization|password';

/** "=", or the same percent-encoded once or several times, as in a URL within a URL. */
const EQUALS = '(?:=|%(?:25)*3D)';

/**
 * The start of a name: no letter or digit stands before it, except at the end of a percent-encoded
 * character.
 */
const START = '(?:(?<![a-z\\d])|(?<=%(?:25){0,4}[\\da-f]{2}))';

/**
 * Patterns and their replacements, applied in this order: the more exact ones come first. Each pattern
 * takes linear time for any text: no two of its matches, or failed tries, read the same long part. So a
 * run of characters is only read from its first one.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  // The credentials of a URL, and all of its query and fragment.
  [/(:\/\/)[^\s/?#"'<>]*@/g, '$1***@'],
  [/([?#])(?<=:\/\/[^\s?#"'<>]*.)[^\s"'<>)\]]+/g, '$1***'],
  [/\b(Bearer|Basic)(\s+|%20|\+)[\w.~+/=%-]+/gi, '$1$2***'],
  // A property in JSON, in JSON within JSON, or in an object as Node prints it.
  [
    new RegExp(`(\\b(?:${SECRET})\\\\*["']?\\s*:\\s*\\\\*(["']))(?:(?!\\2|\\\\).|\\\\.)*`, 'gis'),
    '$1***',
  ],
  // A field of a form, or a parameter of a query without its URL.
  [new RegExp(`(${START}(?:${SECRET})${EQUALS})[^\\s&"'<>)\\]]+`, 'gi'), '$1***'],
  // Any word long enough to be a token, a code, a verifier or a state. This rule goes before the
  // next one, which could match a part of such a word.
  [/(?<![\w-])[\w-]{40,}/g, '***'],
  // A token or code of Spotify that was cut off: only its beginning.
  [/(?:BQ|AQ)[\w-]{16,}/g, '***'],
  // A client ID or a client secret.
  [/(?<![\da-f])[\da-f]{32,}/gi, '***'],
];

/**
 * Replaces tokens, codes, verifiers, secrets, client IDs, and the query and fragment of URLs by `***`.
 * Every logged line passes through this function, in case it holds any of these by mistake.
 */
export function redact(text: string): string {
  return RULES.reduce((rest, [found, replacement]) => rest.replace(found, replacement), text);
}
