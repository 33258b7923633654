/**
 * Writes `examples/spotify.ts`: `@spotify-sdk/js/vscode` in one file without imports, which other
 * extensions copy.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root } from './paths.ts';

/** The rules of the extension that copies the file are for code that its author writes. */
const HEADER = `/* eslint-disable */
/**
 * Spotify's Web API with a session of VS Code 1.105 or later, for your extension: copy this file, or import
 * the same from \`@spotify-sdk/js/vscode\`. It imports nothing, and works in web extensions, too.
 * From https://github.com/spotify-sdk/vscode-spotify-authentication, MIT license.
 * Written by scripts/copyableFile.ts: change src/adapters instead.
 *
 * \`\`\`ts
 * const session = createAuthProvider(vscode, ['user-top-read']);
 * const response = await createFetch(session)('https://api.spotify.com/v1/me/top/tracks');
 * \`\`\`
 */
`;

/** What is exported, and what only these files use. */
const PUBLIC = ['adapters/vscode', 'adapters/fetch', 'auth/spotifyScopes'];
const INTERNAL = ['adapters/tokenCache', 'auth/abortable'];

export const copyablePath = path.join(root, 'examples', 'spotify.ts');

/** Returns the content of the file. */
export async function copyableFile(): Promise<string> {
  const exported = await Promise.all(PUBLIC.map(declarations));
  const internal = await Promise.all(INTERNAL.map(declarations));
  const hidden = internal.map((text) => text.replaceAll(/^export /gm, ''));
  return [HEADER, ...exported, ...hidden].join('\n');
}

/** Returns a file of `src` without its first comment, if that is about the file, and without imports. */
async function declarations(name: string): Promise<string> {
  const text = await readFile(path.join(root, 'src', `${name}.ts`), 'utf8');
  return text
    .replace(/^\/\*\*[\s\S]*?\*\/\n(?=import)/, '')
    .replaceAll(/^(import|export) [^;=]* from '[^']+';\n/gm, '')
    .trimStart();
}

// Node 24.0, the one from npm for Macs with Apple silicon, has no `import.meta.main`.
if (process.argv[1] === import.meta.filename) await writeFile(copyablePath, await copyableFile());
