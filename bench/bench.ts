/** Measures the speed of the extension in a real VS Code, and prints a table. It checks no limits. */
import process from 'node:process';
import { runInEditor } from '../scripts/integrationTests.ts';
import { packageExtension } from '../scripts/packageExtension.ts';

// Packaging builds the minified bundle, which users have.
await packageExtension();
process.exitCode = (await runInEditor(import.meta.dirname)) ? 0 : 1;
