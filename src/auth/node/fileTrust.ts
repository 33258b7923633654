import type { Stats } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';

const OTHERS_MAY_WRITE = 0o022;

/** @throws ConfigurationError as {@link checkKindAndOwner} does, if the file exists. */
export async function checkExisting(file: string): Promise<void> {
  const info = await stat(file).catch(() => undefined);
  if (info) checkKindAndOwner(file, info);
}

/** @throws ConfigurationError unless it is a regular file of this user or of root. Windows has no owners. */
export function checkKindAndOwner(file: string, info: Stats): Stats {
  if (!info.isFile()) throw new ConfigurationError(`${file} is not a file.`);
  const user = process.geteuid?.();
  if (user === undefined || info.uid === user || info.uid === 0) return info;
  throw new ConfigurationError(`${file} belongs to another user. Choose another file.`);
}

export function mayBeWrittenByOthers({ mode }: Stats): boolean {
  return process.platform !== 'win32' && (mode & OTHERS_MAY_WRITE) !== 0;
}

/** @throws ConfigurationError if other users may write to the file. */
export async function checkWriters(file: string, handle: FileHandle): Promise<void> {
  const info = await handle.stat();
  if (!mayBeWrittenByOthers(info)) return;
  if (info.uid === process.geteuid?.() && (await isWithoutModes(handle, info))) return;
  throw new ConfigurationError(`Other users may write to ${file}. Run: chmod 600 '${file}'`);
}

/** Whether the file system has no modes: Windows drives in WSL, memory sticks. Tries to change the mode. */
async function isWithoutModes(handle: FileHandle, { mode }: Stats): Promise<boolean> {
  try {
    await handle.chmod(mode & ~OTHERS_MAY_WRITE);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (mayBeWrittenByOthers(await handle.stat())) return true;
  await handle.chmod(mode);
  return false;
}
