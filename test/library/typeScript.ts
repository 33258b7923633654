import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';

/** Compiles files of a folder with strict types and the given options. Throws if they have errors. */
export function tsc(folder: string, ...args: string[]): void {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--lib', 'es2023,dom', '--types', 'vscode'];
  execFileSync(process.execPath, [compiler, ...options, ...args], {
    cwd: folder,
    stdio: 'inherit',
  });
}

/** Checks the types of programs, each as a module in a folder. */
export async function checkTypes(
  folder: string,
  programs: string[],
  ...options: string[]
): Promise<void> {
  const files = programs.map((_, index) => `program-${index}.ts`);
  for (const [index, file] of files.entries()) {
    await writeFile(path.join(folder, file), programs[index] ?? '');
  }
  tsc(folder, '--noEmit', '--module', 'nodenext', ...options, ...files);
}
