import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { root } from './paths.ts';

/** Prints how many translations there are, and what they add to the package. VS Code loads one at most. */
export function reportTranslations(): void {
  const files = globSync(['package.nls.*.json', 'l10n/bundle.l10n.*.json'], { cwd: root });
  const sizes = files.map((file) => deflateRawSync(readFileSync(path.join(root, file))).length);
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  console.log(`  ${files.length / 2} translations  ${kilobytes.toFixed(1)} KB compressed`);
}
