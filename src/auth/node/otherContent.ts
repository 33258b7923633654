import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { checkExisting } from './fileTrust.ts';

/** Every key that a token file of this library may have. */
const KEYS = [
  'access_token',
  'expires_at',
  'refresh_token',
  'scope',
  'client_id',
  'consented_at',
  'grant_type',
];
/** How a token file begins: this library, and spotify_sdk for Python, write this key first. */
const BEGINNING = '{"access_token"';

/**
 * Checks that a token may be written to `file`: that the file is missing, empty, or has a token or a part
 * of one. Everything else would be lost, such as the settings of a program.
 * @throws ConfigurationError that names the file, but nothing of its content; or as `checkExisting` does.
 */
export async function checkContent(file: string): Promise<void> {
  // A pipe would be opened only when its other end is.
  await checkExisting(file);
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes || mayBeToken(new TextDecoder().decode(bytes))) return;
  throw new ConfigurationError(
    `${file} is not a token file: it has other content. Choose another path for the token.`,
  );
}

function mayBeToken(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null) return true;
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    return 'access_token' in value || Object.keys(value).every((key) => KEYS.includes(key));
  } catch {
    return mayBePart(text);
  }
}

/** Whether a text that is not JSON may be the beginning of a token file, also one in a wrong encoding. */
function mayBePart(text: string): boolean {
  // A crash of the system may leave NULs. In UTF-16, they are between the letters.
  const beginning = text.replaceAll(/[\s\0\uFFFD]/g, '').slice(0, BEGINNING.length);
  return BEGINNING.startsWith(beginning);
}
