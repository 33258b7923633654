/** Hosts that do not identify a user, because every user has them. */
const COMMON_HOST = /^(127\.0\.0\.1|\[::1\]|localhost|vscode\.dev)$/;

/**
 * Lists the parts of a URL that may identify the user: host, user name and password. For a text that is
 * not a URL, lists the text and each of its words. Returns `[]` for undefined.
 */
export function namesInUrl(url: string | undefined): string[] {
  if (!url) return [];
  return partsOf(url).filter((name) => name !== '' && !COMMON_HOST.test(name));
}

function partsOf(url: string): string[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // `proxy:3128` can be parsed too: as a URL with the scheme `proxy` and no host.
  if (!parsed?.hostname) return [url, ...url.split(/[\s/:@]+/)];
  return [parsed.hostname, decoded(parsed.username), decoded(parsed.password)];
}

/** Decodes `text`; returns it unchanged if it is not encoded, like a password that contains `%`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
