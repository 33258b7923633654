import { isText, parseJsonObject } from '../auth/jsonObject.ts';
import { decrypt, encrypt, type Encrypted } from './encryption.ts';

/** A secret that was changed. Without `value`, it was deleted. */
export interface Change {
  readonly key: string;
  readonly value?: string | undefined;
}

/** Seals the changes of one tab, and opens those of the other tabs. */
export interface SealedChanges {
  /** Encrypts a change. Must be called in the order in which the changes are broadcast. */
  seal(change: Change, secret: string): Promise<Encrypted>;
  /**
   * Returns the change in a broadcast. Undefined if the broadcast is old or from another origin, or if
   * it contains no change. Rejects if it was not encrypted with this secret.
   */
  open(message: Encrypted, secret: string): Promise<Change | undefined>;
}

/**
 * Makes what seals the changes of a tab that is loaded now.
 *
 * Another extension can record a broadcast and repeat it. So each has the id of its tab and a
 * generation: the time in milliseconds since the epoch, or more, if this tab has sent or received as
 * high a generation before. A tab receives all that is broadcast while it is loaded, and each tab's
 * broadcasts in their order. So a broadcast is old if its tab has sent a later one; or if its tab has
 * not sent any to this tab yet, and this tab was loaded later. A value is also old if the secret was
 * deleted later, or at the same time.
 */
export function sealedChanges(): SealedChanges {
  const ownTab = crypto.randomUUID();
  const loadedAt = Date.now();
  /** The last generation of each tab. This tab's own broadcasts never arrive, unless repeated. */
  const latest = new Map<unknown, number>([[ownTab, Infinity]]);
  /** Tombstones: the generation in which a secret was deleted last, by key. */
  const deleted = new Map<string, number>();
  let last = 0;

  return {
    seal(change, secret) {
      const generation = (last = Math.max(last + 1, Date.now()));
      if (change.value === undefined) deleted.set(change.key, generation);
      const sealed = { ...change, origin: origin(), tab: ownTab, generation };
      return encrypt(JSON.stringify(sealed), secret);
    },

    async open(message, secret) {
      const sealed = parseJsonObject(await decrypt(message, secret)) ?? {};
      const { key, value, tab, generation } = sealed;
      if (!isText(key) || typeof generation !== 'number') return undefined;
      // If the clock was set back since this tab was loaded, the time proves nothing.
      const before = loadedAt > Date.now() ? 0 : loadedAt - 1;
      const isOld = generation <= (latest.get(tab) ?? before);
      if (isOld || sealed['origin'] !== origin()) return undefined;
      latest.set(tab, generation);
      last = Math.max(last, generation);
      if (!isText(value)) deleted.set(key, generation);
      else if (generation <= (deleted.get(key) ?? 0)) return undefined;
      return { key, value: isText(value) ? value : undefined };
    },
  };
}

/** The origin of this tab. Tabs of two workspaces may have the same secrets, but not the same origin. */
const origin = (): string | undefined => (globalThis as { origin?: string }).origin;
