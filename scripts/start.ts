/**
 * Opens a real VS Code with the extension, for trying it out. `--headless` signs in without a user
 * and prints the steps. `--live` uses the real Spotify.
 */
import process from 'node:process';
import { hasDisplay } from '../test/vscode/display.ts';
import { packageExtension } from './packageExtension.ts';
import { example, vsix } from './paths.ts';
import { signInByItself } from './signInByItself.ts';
import { startEditor } from './startEditor.ts';

const live = process.argv.includes('--live');
const headless = process.argv.includes('--headless') || !hasDisplay();
if (live && headless) {
  console.error(
    '--live needs a display, because you have to log in to Spotify and agree yourself.',
  );
  process.exit(1);
}

console.log('Packaging the extension…');
await packageExtension();
const extensions = [vsix, example];
if (headless) await signInByItself(extensions);
else await startEditor(extensions, { live });
