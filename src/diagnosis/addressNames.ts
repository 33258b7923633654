/** No name: everybody has it. */
const COMMON = /^(127\.0\.0\.1|\[::1\]|localhost|vscode\.dev)$/;

/** Whatever could be a name in an address, of a proxy or a redirect URI. */
export function addressNames(url: string | undefined): string[] {
  if (!url) return [];
  return partsOf(url).filter((name) => name !== '' && !COMMON.test(name));
}

function partsOf(url: string): string[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // `proxy:3128` parses, too, as a URL of the scheme `proxy`.
  if (!parsed?.hostname) return [url, ...url.split(/[\s/:@]+/)];
  return [parsed.hostname, decoded(parsed.username), decoded(parsed.password)];
}

/** As it is where it was never encoded: a password may have a bare `%`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
