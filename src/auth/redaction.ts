/**
 * Returns a function that replaces `secrets` in a text with `***`, in every encoding in which a
 * server may repeat them.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  // The longest first: one secret may contain another.
  const encoded = secrets.flatMap(encodings).sort((a, b) => b.length - a.length);
  return (text) => encoded.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

const EXCERPT_LENGTH = 200;
/** Of a longer text, only this part is looked at. */
const LONGEST_TEXT = 4000;

/**
 * Makes an excerpt of an answer that is not JSON, such as a proxy's page, for an error. Replaces secrets,
 * and what looks like a token, by `***`, leaves out the tags of a page, and then keeps 200 characters.
 * Undefined if nothing is left.
 */
export function excerpt(text: string, secrets: readonly string[]): string | undefined {
  const words = redactor(secrets)(text)
    .slice(0, LONGEST_TEXT)
    // The server may have written JSON in part.
    .replace(/((?:token|secret|verifier)s?"?\s*[:=]\s*"?)[^\s"&,}]+/gi, '$1***')
    .replace(/<(style|script)\b[^]*?(<\/\1>|$)|<[^>]*>/gi, ' ')
    .replace(/[\w-]{20,}/g, '***')
    .replace(/\s+/g, ' ')
    .trim();
  return words.slice(0, EXCERPT_LENGTH) || undefined;
}

/** Returns the secret as it is, and as written in JSON, in a form and in a URL. */
function encodings(secret: string): string[] {
  if (secret === '') return [];
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, strictFormEncode(secret), form, form.replaceAll('+', '%20')];
}

/** Returns the value of the header `Authorization` after `Basic ` (RFC 6749 section 2.3.1). */
export function basicCredential(clientId: string, clientSecret: string): string {
  return btoa(`${strictFormEncode(clientId)}:${strictFormEncode(clientSecret)}`);
}

/** Encodes as oauth4webapi does, which escapes more characters than a form has to. */
function strictFormEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[-_.!~*'()]|%20/g, (found) =>
    found === '%20' ? '+' : `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
