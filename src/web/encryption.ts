/** A text that is encrypted and protected against changes (AES-GCM, NIST SP 800-38D). */
export interface Encrypted {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly content: ArrayBuffer;
}

/** Makes a random key of 256 bits, in Base64. */
export function newKey(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(32)));
}

/** Returns a name for `text` (SHA-256, Base64). The text cannot be found from the name without the key. */
export async function hiddenName(text: string, key: string): Promise<string> {
  const data = new TextEncoder().encode(`${key} ${text}`);
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Encrypts `text`. @param key From {@link newKey}. */
export async function encrypt(text: string, key: string): Promise<Encrypted> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const data = new TextEncoder().encode(text);
  const content = await crypto.subtle.encrypt(algorithm(nonce), await imported(key), data);
  return { nonce, content };
}

/**
 * Decrypts a text. Rejects if it was encrypted with another key, was changed, or is something else.
 */
export async function decrypt({ nonce, content }: Encrypted, key: string): Promise<string> {
  const data = await crypto.subtle.decrypt(algorithm(nonce), await imported(key), content);
  return new TextDecoder().decode(data);
}

const algorithm = (nonce: Encrypted['nonce']) => ({ name: 'AES-GCM', iv: nonce });

function imported(key: string) {
  const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
