/**
 * What takes `secrets` out of a text, in whatever way a server that repeats its request may have
 * written them.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  // The longest first, since one may be a part of another.
  const written = secrets.flatMap(waysToWrite).sort((a, b) => b.length - a.length);
  return (text) => written.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** As it is, in JSON, in a form, in a URL. */
function waysToWrite(secret: string): string[] {
  if (secret === '') return [];
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, strictFormEncode(secret), form, form.replaceAll('+', '%20')];
}

/** The credential of the Basic header (RFC 6749 section 2.3.1). */
export function basicCredential(clientId: string, clientSecret: string): string {
  return btoa(`${strictFormEncode(clientId)}:${strictFormEncode(clientSecret)}`);
}

/** As oauth4webapi encodes, more than a form needs. */
function strictFormEncode(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(wellFormed).replace(/[-_.!~*'()]|%20/g, (found) =>
    found === '%20' ? '+' : `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
