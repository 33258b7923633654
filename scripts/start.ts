/**
 * Runs the extension in a real VS Code, to be tried out.
 * `--headless` signs in by itself and prints what happened; `--live` uses the real Spotify.
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
  console.error('--live needs a person and a display: Spotify asks you to log in and agree.');
  process.exit(1);
}

console.log('Packaging the extension…');
await packageExtension();
const extensions = [vsix, example];
if (headless) await signInByItself(extensions);
else await startEditor(extensions, { live });
