import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';

/** What is not a regular file, though it has the name of one, and how it is made. */
export const OTHER_FILES: readonly (readonly [string, (file: string) => unknown])[] = [
  ['a named pipe', (file) => execFileSync('mkfifo', [file])],
  ['a folder', (file) => mkdirSync(file)],
  [
    'a folder with a file',
    (file) => {
      mkdirSync(file);
      writeFileSync(`${file}/a`, '');
    },
  ],
  ['a link to nothing', (file) => symlinkSync(`${file}.missing`, file)],
  [
    'a link to a file',
    (file) => {
      writeFileSync(`${file}.linked`, '7');
      symlinkSync(`${file}.linked`, file);
    },
  ],
  ['a link to a device', (file) => symlinkSync('/dev/null', file)],
];

/** Skips a suite on Windows, which has no pipes and links of this kind. Call it in `before`. */
export function skipOnWindows(suite: Mocha.Context): void {
  if (process.platform !== 'win32') return;
  console.log('      skipped: Windows has no named pipes and links of this kind');
  suite.skip();
}
