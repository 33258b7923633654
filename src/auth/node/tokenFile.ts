import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { delay } from '../abortable.ts';
import { parseJsonObject } from '../jsonObject.ts';
import { atomicWrite } from './atomicWrite.ts';
import {
  checkExisting,
  checkKindAndOwner,
  checkWriters,
  mayBeWrittenByOthers,
} from './fileTrust.ts';

/** For so long, and as often, a file is read that another program may be writing; in milliseconds. */
const READING_MS = 300;
const READING_PAUSE_MS = 5;
/** In this time, another program ends a write that it has begun; in milliseconds. */
const LONGEST_WRITE_MS = 50;
/** Errors of `rename`, and of the file beside it, after which the file itself may be writable. */
const IRREPLACEABLE = ['EACCES', 'EBUSY', 'EPERM', 'EROFS', 'EXDEV'];

/**
 * Returns the JSON object in `file`; undefined if the file is missing, unreadable or has no JSON object.
 * Reads it again for 300 ms if it does not parse, or if other users may write to it: Python writes in
 * place, and restricts the access afterwards.
 * @throws ConfigurationError if the file is not a regular one, or another user owns it or may write to it.
 */
export async function readTokenFile(file: string): Promise<Record<string, unknown> | undefined> {
  const end = performance.now() + READING_MS;
  for (;;) {
    const isLast = performance.now() >= end;
    // A pipe would be opened only when its other end is.
    await checkExisting(file);
    const handle = await open(file).catch(() => undefined);
    if (!handle) return undefined;
    const record = await readOnce(file, handle, isLast).finally(() => handle.close());
    if (record || isLast) return record;
    await delay(READING_PAUSE_MS);
  }
}

async function readOnce(file: string, handle: FileHandle, isLast: boolean) {
  const info = checkKindAndOwner(file, await handle.stat());
  if (isLast) await checkWriters(file, handle);
  else if (mayBeWrittenByOthers(info)) return undefined;
  return parse(await handle.readFile());
}

/**
 * Replaces the file, or the one that it links to. Where a file cannot be replaced (Docker mounts single
 * files, a folder may not be writable), writes into it. Rejects with the file system's error.
 * @returns the path of the written file.
 * @throws ConfigurationError if the file is not a regular one, or another user owns it.
 */
export async function writeTokenFile(file: string, text: string): Promise<string> {
  const target = await linkTarget(file);
  await checkExisting(target);
  try {
    await atomicWrite(target, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!IRREPLACEABLE.includes(code)) throw error;
    await overwrite(target, text).catch(() => {
      throw error;
    });
  }
  return target;
}

/**
 * Checks that {@link writeTokenFile} can write to `file`, and leaves everything as it is. Rejects with the file
 * system's error if not.
 * @throws ConfigurationError as {@link writeTokenFile} does.
 */
export async function checkWritable(file: string): Promise<void> {
  const target = await linkTarget(file);
  await checkExisting(target);
  const name = `${path.basename(target)}.${randomUUID()}.tmp`;
  const temporary = path.join(await existingFolder(path.dirname(target)), name);
  try {
    // Only a write shows what a disk that is read-only, or the rights of Windows, refuse.
    await (await open(temporary, 'wx', 0o600)).close();
    await rm(temporary);
  } catch (error) {
    if (!IRREPLACEABLE.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const handle = await open(target, 'r+').catch(() => {
      throw error;
    });
    await handle.close();
  }
}

/** Returns the folder, or the next one above it that exists. */
async function existingFolder(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  const info = await stat(folder).catch((error: unknown) => error as NodeJS.ErrnoException);
  const isMissing = 'code' in info && info.code === 'ENOENT';
  return isMissing && parent !== folder ? existingFolder(parent) : folder;
}

/**
 * Deletes the file, or the one that it links to. Where it cannot be deleted, removes its content.
 * @throws ConfigurationError as {@link writeTokenFile} does.
 */
export async function clearTokenFile(file: string): Promise<string> {
  const target = await linkTarget(file);
  await checkExisting(target);
  await rm(target, { force: true }).catch(() => overwrite(target, '{}'));
  return target;
}

/** Resolves symbolic links, also one to a file that does not exist yet. */
async function linkTarget(file: string, linksLeft = 40): Promise<string> {
  const target = await realpath(file).catch(() => undefined);
  if (target !== undefined) return target;
  const link = await readlink(file).catch(() => undefined);
  if (link === undefined || linksLeft === 0) return file;
  const folder = path.dirname(file);
  const realFolder = await realpath(folder).catch(() => folder);
  return linkTarget(path.resolve(realFolder, link), linksLeft - 1);
}

/** Writes into an existing file. Writes again if another program was writing at the same time. */
async function overwrite(file: string, text: string): Promise<void> {
  for (let retriesLeft = 3; retriesLeft >= 0; retriesLeft--) {
    await overwriteOnce(file, Buffer.from(text));
    await delay(LONGEST_WRITE_MS);
    if (parse(await readFile(file))) return;
  }
}

async function overwriteOnce(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  await writeInto(handle, bytes).finally(() => handle.close());
}

async function writeInto(handle: FileHandle, bytes: Buffer): Promise<void> {
  await handle.chmod(0o600).catch(() => undefined);
  // Spaces up to the old end, in the same write: readers see no mixture of both texts.
  const { size } = await handle.stat();
  const rest = Buffer.alloc(Math.max(0, size - bytes.length), ' ');
  await handle.write(Buffer.concat([bytes, rest]), 0, undefined, 0);
  await handle.truncate(bytes.length);
  await handle.sync();
}

/**
 * Changes the text of the file, if `change` returns one for its JSON object. Writes into the file that was
 * read: a file by which another program has replaced it meanwhile stays as it is.
 */
export async function changeTokenFile(
  file: string,
  change: (record: Record<string, unknown>) => string | undefined,
): Promise<void> {
  await checkExisting(file);
  const handle = await open(file, 'r+');
  try {
    checkKindAndOwner(file, await handle.stat());
    const record = parse(await handle.readFile());
    const text = record && change(record);
    if (text !== undefined) await writeInto(handle, Buffer.from(text));
  } finally {
    await handle.close();
  }
}

/** Returns the JSON object. Undefined if it is none, or not in UTF-8. A byte order mark is skipped. */
function parse(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseJsonObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
