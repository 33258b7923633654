import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { parseJsonObject } from '../jsonObject.ts';
import type { TokenCache, TokenInfo } from '../tokenInfo.ts';
import { atomicWrite } from './atomicWrite.ts';

/** Whoever takes longer to write a token, in milliseconds, was killed. */
const LONGEST_SET_MS = 60_000;

/**
 * Keeps the token in a JSON file that spotify_sdk for Python reads and writes too. The file is
 * the user's alone (mode 0600), and always whole: a reader or a crash never sees half of one.
 */
export class FileTokenCache implements TokenCache {
  readonly #path: string;

  /** `path` may begin with `~`; a relative one counts from the working directory. */
  constructor({ path: file = '.spotify_sdk_token.json' }: { readonly path?: string } = {}) {
    this.#path = path.resolve(file.replace(/^~(?=$|[\\/])/, () => homedir()));
  }

  /** The token, or undefined where the file is missing, unreadable or holds none. Never rejects. */
  async get(): Promise<TokenInfo | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    return parseToken(text);
  }

  /**
   * Rejects with a ConfigurationError for what could not be read again, and with the file system's
   * error when the file cannot be written; the old one stays then.
   */
  async set(token: TokenInfo): Promise<void> {
    await atomicWrite(this.#path, serializeToken(token));
    await this.#removeLeftovers().catch(() => undefined);
  }

  /** A process that is killed in the middle of `set` leaves its file behind, a token in it. */
  async #removeLeftovers(): Promise<void> {
    const folder = path.dirname(this.#path);
    const prefix = `${path.basename(this.#path)}.`;
    for (const name of await readdir(folder)) {
      if (!name.startsWith(prefix) || !/\.[\da-f-]{36}\.tmp$/.test(name)) continue;
      const leftover = path.join(folder, name);
      if (Date.now() - (await stat(leftover)).mtimeMs > LONGEST_SET_MS) await rm(leftover);
    }
  }
}

/** As Python's `json.dumps` writes it: these keys in this order, `null` for what is absent. */
function serializeToken(token: TokenInfo): string {
  if (!token.accessToken || !Number.isFinite(token.expiresAt)) {
    throw new ConfigurationError('A token has an accessToken and a finite expiresAt.');
  }
  return JSON.stringify({
    access_token: token.accessToken,
    expires_at: token.expiresAt,
    refresh_token: token.refreshToken ?? null,
    scope: token.scope ?? null,
  });
}

function parseToken(text: string): TokenInfo | undefined {
  const record = parseJsonObject(text);
  const accessToken = record?.['access_token'];
  const expiresAt = number(record?.['expires_at']);
  if (typeof accessToken !== 'string' || accessToken === '' || expiresAt === undefined) {
    return undefined;
  }
  const { refresh_token: refreshToken, scope } = record ?? {};
  return {
    accessToken,
    expiresAt,
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }),
    ...(typeof scope === 'string' && { scope }),
  };
}

/** Python takes a decimal number in a string for one, and so do we. */
function number(value: unknown): number | undefined {
  const isDecimal =
    typeof value === 'string' && /^\s*[+-]?(\d+\.?|\d*\.\d+)(e[+-]?\d+)?\s*$/i.test(value);
  const result = typeof value === 'number' || isDecimal ? Number(value) : NaN;
  return Number.isFinite(result) ? result : undefined;
}
