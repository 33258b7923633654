import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { parseSession, type StoredSession } from '../../src/sessions/storedSession.ts';
import { realNow } from './machineClock.ts';

/** How long a write takes to reach the other processes, in milliseconds, as on the desktop. */
const LAG_MS = 200;

interface Entry {
  readonly value: string | null;
  /** The value that other processes read until `visibleAt`. */
  readonly before: string | null;
  /** The id of the process that wrote the value. */
  readonly writer: number;
  /** From when on other processes read the value, in real milliseconds since the epoch. */
  readonly visibleAt: number;
}

/**
 * A fake of SecretStorage in a folder that processes share. Each process sees its own writes at once,
 * and those of other processes after `lagMs` milliseconds.
 */
export async function sharedSecrets(folder: string, lagMs = LAG_MS): Promise<SecretStorage> {
  await mkdir(folder, { recursive: true });
  const file = (key: string) => path.join(folder, encodeURIComponent(key));
  const entry = async (key: string): Promise<Entry | undefined> => {
    const text = await readFile(file(key), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Entry);
  };
  const get = async (key: string): Promise<string | undefined> => {
    const found = await entry(key);
    if (!found) return undefined;
    const isVisible = found.writer === process.pid || realNow() >= found.visibleAt;
    return (isVisible ? found.value : found.before) ?? undefined;
  };
  const set = async (key: string, value: string | null): Promise<void> => {
    const before = (await entry(key))?.value ?? null;
    const written: Entry = { value, before, writer: process.pid, visibleAt: realNow() + lagMs };
    const whole = path.join(folder, `.${crypto.randomUUID()}`);
    await writeFile(whole, JSON.stringify(written));
    await rename(whole, file(key));
  };
  const names = async () => (await readdir(folder)).filter((name) => !name.startsWith('.'));
  return {
    keys: async () => (await names()).map(decodeURIComponent),
    get,
    store: set,
    delete: (key) => set(key, null),
    onDidChange: (listener) => {
      const watcher = watch(folder, (_, name) => {
        if (!name || name.startsWith('.')) return;
        // A timer may be early by a millisecond, and then the window would not see the value.
        setTimeout(() => void listener({ key: decodeURIComponent(name) }), LAG_MS + 20);
      });
      return { dispose: () => watcher.close() };
    },
  };
}

/** Returns a session as it is on the disk, also if no window can see that yet; undefined if there is none. */
export async function storedOnDisk(folder: string, id: string): Promise<StoredSession | undefined> {
  const file = path.join(folder, encodeURIComponent(`session:${id}`));
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { value } = JSON.parse(text) as Entry;
  const session = parseSession(value ?? '');
  return typeof session === 'object' ? session : undefined;
}
