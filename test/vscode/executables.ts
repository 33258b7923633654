import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Returns the path of the first of these programs on PATH (on Windows with `.exe` or `.cmd`). */
export function findOnPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '');
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return names
    .flatMap((name) => suffixes.map((suffix) => name + suffix))
    .flatMap((file) => folders.map((folder) => path.join(folder, file)))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
