import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { TokenCache } from './tokenCache.ts';
import type { TokenInfo } from './tokenInfo.ts';

/**
 * Keeps the token in a JSON file that spotify_sdk for Python reads and writes too. The file is
 * the user's alone (mode 0600), and always whole: a reader or a crash never sees half of one.
 */
export class FileTokenCache implements TokenCache {
  readonly #path: string;

  /** `path` may begin with `~`; a relative one counts from the working directory. */
  constructor({ path: file = '.spotify_sdk_token.json' }: { readonly path?: string } = {}) {
    this.#path = path.resolve(file.replace(/^~(?=$|[\\/])/, homedir()));
  }

  /** The token, or undefined where the file is missing, unreadable or holds none. Never rejects. */
  async get(): Promise<TokenInfo | undefined> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    return parseToken(text);
  }

  /** Rejects with the file system's error when the file cannot be written. */
  async set(token: TokenInfo): Promise<void> {
    await mkdir(path.dirname(this.#path), { recursive: true });
    const whole = `${this.#path}.${randomUUID()}.tmp`;
    try {
      await writeFile(whole, serializeToken(token), { mode: 0o600, flag: 'wx', flush: true });
      await rename(whole, this.#path);
    } catch (error) {
      await rm(whole, { force: true });
      throw error;
    }
  }
}

/** As Python's `json.dumps` writes it: these keys in this order, `null` for what is absent. */
function serializeToken(token: TokenInfo): string {
  return JSON.stringify({
    access_token: token.accessToken,
    expires_at: token.expiresAt,
    refresh_token: token.refreshToken ?? null,
    scope: token.scope ?? null,
  });
}

function parseToken(text: string): TokenInfo | undefined {
  const record = parseObject(text);
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

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Python takes a numeric string for a number here, and so do we. */
function number(value: unknown): number | undefined {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const result = isNumeric ? Number(value) : NaN;
  return Number.isFinite(result) ? result : undefined;
}
