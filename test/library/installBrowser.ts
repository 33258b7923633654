import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Installs a command that opens a URL by visiting it, as Alva's browser would. Returns its path, the
 * value of `$BROWSER`. It writes its arguments into the file `browser.opened` beside it.
 */
export async function installBrowser(bin: string, node: string): Promise<string> {
  const file = path.join(bin, 'browser');
  await mkdir(bin, { recursive: true });
  await writeFile(
    file,
    `#!/bin/sh\nprintf '%s\\n' "$@" >> "$0.opened"\nexec "${node}" --eval 'fetch(process.argv[1])' -- "$1"\n`,
  );
  await chmod(file, 0o755);
  return file;
}
