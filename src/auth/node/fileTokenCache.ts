import { readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { checkOptions } from '../checkOptions.ts';
import { ConfigurationError } from '../errors.ts';
import { isText } from '../jsonObject.ts';
import { expired, type TokenCache, type TokenInfo, type TokenOrigin } from '../tokenInfo.ts';
import { checkContent } from './otherContent.ts';
import { changeTokenFile, clearTokenFile, readTokenFile, writeTokenFile } from './tokenFile.ts';

/** A process that takes longer to write a token was killed; in milliseconds. */
const LONGEST_SET_MS = 60_000;

/** The value of `grant_type` in the record of an app's own token. A user's record has none. */
const APP_GRANT = 'client_credentials';

/** Options of {@link FileTokenCache}. */
export interface FileTokenCacheOptions {
  /**
   * Where the file is; `.spotify_sdk_token.json` by default. `~` at its beginning stands for the home
   * folder. A relative path starts at the working directory.
   */
  readonly path?: string | undefined;
  /** Other tokens in the file count as no token. The providers set it. */
  readonly origin?: TokenOrigin | undefined;
}

/**
 * Stores the token in a JSON file, which spotify_sdk for Python reads and writes, too. Only its owner
 * may read the file (mode 0600). It is replaced as a whole where that is possible, so that readers never
 * see a part of it.
 */
export class FileTokenCache implements TokenCache {
  /** The absolute path of the file. */
  readonly path: string;
  readonly #origin: TokenOrigin | undefined;
  #fault: string | undefined;

  /** @throws {@link ConfigurationError} when an option is invalid. */
  constructor(options: FileTokenCacheOptions = {}) {
    checkOptions('FileTokenCache', options);
    const { path: file = '.spotify_sdk_token.json', origin } = options;
    this.path = path.resolve(file.replace(/^~(?=$|[\\/])/, () => homedir()));
    this.#origin = origin;
  }

  /** Says that the last `get` could not read the file, or found no token in its JSON; undefined otherwise. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Returns a cache that writes the client ID into the same file, and takes only its tokens. */
  forOrigin(origin: TokenOrigin): FileTokenCache {
    return new FileTokenCache({ path: this.path, origin });
  }

  /**
   * Returns undefined if the file is missing, empty, unreadable or half-written. A file that another program
   * is writing is read again for 300 ms.
   * @throws {@link ConfigurationError} if the path names a folder, a pipe or a device, or a file that another
   * user owns or may write to, or that has other content than a token.
   */
  async get(): Promise<TokenInfo | undefined> {
    const record = await readTokenFile(this.path);
    const token = record && parseToken(record);
    // Before a sign-in, which could not be stored.
    if (!token) await checkContent(this.path);
    this.#fault = token ? undefined : await this.#faultOf(record);
    // The app's own token must not replace the token of a user, whichever app that one is from.
    const isUsed = record && (this.#isOwn(record) || (this.#origin?.isApp && token?.refreshToken));
    return isUsed ? token : undefined;
  }

  /**
   * Replaces the token. Rejects with the file system's error when writing fails; the old file stays then.
   * @throws {@link ConfigurationError} for a token that `get` could not read again, and as `get` does.
   */
  async set(token: TokenInfo): Promise<void> {
    const text = serializeToken(token, this.#origin);
    await checkContent(this.path);
    const file = await writeTokenFile(this.path, text);
    await removeLeftovers(file).catch(() => undefined);
  }

  /**
   * Marks the token as expired, unless the file has another one. A token that another process stores at the
   * same time stays.
   */
  async expire({ accessToken, refreshToken }: TokenInfo): Promise<void> {
    await changeTokenFile(this.path, (record) => {
      const found = parseToken(record);
      if (found?.accessToken !== accessToken || !this.#isOwn(record)) return undefined;
      if (found.refreshToken !== refreshToken) return undefined;
      return serializeToken(expired(found), this.#origin);
    });
  }

  /**
   * Deletes the file. Where that is impossible, removes the token from it. Leaves tokens of another origin.
   * @throws {@link ConfigurationError} as `get` does.
   */
  async clear(): Promise<void> {
    const record = await readTokenFile(this.path);
    if (record && !this.#isOwn(record)) return;
    await checkContent(this.path);
    const file = await clearTokenFile(this.path);
    await removeLeftovers(file).catch(() => undefined);
  }

  /** Why a file has no token; undefined if it is missing, or as it is after a sign-out. */
  async #faultOf(record: Record<string, unknown> | undefined): Promise<string | undefined> {
    if (record) return Object.keys(record).length > 0 ? `${this.path} has no token` : undefined;
    const { size } = await stat(this.path).catch(() => ({ size: 0 }));
    return size > 0 ? `${this.path} could not be read` : undefined;
  }

  /** Whether a record is of our origin, or may be: Python writes no client ID. */
  #isOwn({ client_id: clientId, grant_type: grant }: Record<string, unknown>): boolean {
    if (!this.#origin) return true;
    if (isText(clientId) && clientId !== this.#origin.clientId) return false;
    return this.#origin.isApp || grant !== APP_GRANT;
  }
}

/** Deletes temporary files, with tokens in them, of processes that were killed during `set`. */
async function removeLeftovers(file: string): Promise<void> {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !/\.[\da-f-]{36}\.tmp$/.test(name)) continue;
    const leftover = path.join(folder, name);
    if (Date.now() - (await stat(leftover)).mtimeMs > LONGEST_SET_MS) await rm(leftover);
  }
}

/**
 * Writes the keys of spotify_sdk for Python in its order, and `null` for missing values. Python ignores
 * the keys after these.
 */
function serializeToken(token: TokenInfo, origin: TokenOrigin | undefined): string {
  if (!token.accessToken || !Number.isFinite(token.expiresAt)) {
    throw new ConfigurationError('A token needs an accessToken and a finite expiresAt.');
  }
  return JSON.stringify({
    access_token: token.accessToken,
    expires_at: token.expiresAt,
    refresh_token: token.refreshToken ?? null,
    scope: token.scope ?? null,
    client_id: origin?.clientId,
    consented_at: token.consentedAt,
    grant_type: origin?.isApp ? APP_GRANT : undefined,
  });
}

function parseToken(record: Record<string, unknown>): TokenInfo | undefined {
  const { access_token: accessToken, scope } = record;
  const expiresAt = number(record['expires_at']);
  const consentedAt = number(record['consented_at']);
  const refreshToken = isText(record['refresh_token']) ? record['refresh_token'] : undefined;
  if (typeof accessToken !== 'string' || expiresAt === undefined) return undefined;
  // Beside an empty access token, the refresh token still serves.
  if (!accessToken && !refreshToken) return undefined;
  return {
    accessToken,
    expiresAt,
    ...(refreshToken && { refreshToken }),
    ...(typeof scope === 'string' && { scope }),
    ...(consentedAt && { consentedAt }),
  };
}

/** Returns a finite number, also from a decimal string: spotify_sdk for Python accepts both. */
function number(value: unknown): number | undefined {
  const isDecimal =
    typeof value === 'string' && /^\s*[+-]?(\d+\.?|\d*\.\d+)(e[+-]?\d+)?\s*$/i.test(value);
  const result = typeof value === 'number' || isDecimal ? Number(value) : NaN;
  return Number.isFinite(result) ? result : undefined;
}
