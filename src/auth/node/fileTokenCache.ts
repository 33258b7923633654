import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { parseJsonObject } from '../jsonObject.ts';
import type { TokenCache, TokenInfo } from '../tokenInfo.ts';
import { atomicWrite } from './atomicWrite.ts';

/** A process that takes longer to write a token was killed; in milliseconds. */
const LONGEST_SET_MS = 60_000;

/**
 * Stores the token in a JSON file, which spotify_sdk for Python reads and writes, too. Only its owner
 * may read the file (mode 0600). It is replaced as a whole, so that readers never see a part of it.
 */
export class FileTokenCache implements TokenCache {
  readonly #path: string;

  /** `path` may begin with `~`. A relative path starts at the working directory. */
  constructor({ path: file = '.spotify_sdk_token.json' }: { readonly path?: string } = {}) {
    this.#path = path.resolve(file.replace(/^~(?=$|[\\/])/, () => homedir()));
  }

  /** Returns undefined if the file is missing, unreadable or has no token. Never rejects. */
  async get(): Promise<TokenInfo | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    return parseToken(text);
  }

  /**
   * Rejects with a ConfigurationError for a token that `get` could not read again, and with the file
   * system's error when writing fails; the old file stays then.
   */
  async set(token: TokenInfo): Promise<void> {
    await atomicWrite(this.#path, serializeToken(token));
    await this.#removeLeftovers().catch(() => undefined);
  }

  /** Deletes temporary files, with tokens in them, of processes that were killed during `set`. */
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

/** Writes the keys of spotify_sdk for Python in its order, and `null` for missing values. */
function serializeToken(token: TokenInfo): string {
  if (!token.accessToken || !Number.isFinite(token.expiresAt)) {
    throw new ConfigurationError('A token needs an accessToken and a finite expiresAt.');
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

/** Returns a finite number, also from a decimal string: spotify_sdk for Python accepts both. */
function number(value: unknown): number | undefined {
  const isDecimal =
    typeof value === 'string' && /^\s*[+-]?(\d+\.?|\d*\.\d+)(e[+-]?\d+)?\s*$/i.test(value);
  const result = typeof value === 'number' || isDecimal ? Number(value) : NaN;
  return Number.isFinite(result) ? result : undefined;
}
