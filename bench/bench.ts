/** Measures in a real VS Code what the extension costs, and prints a table. It judges nothing. */
import process from 'node:process';
import { runInEditor } from '../scripts/integrationTests.ts';
import { packageExtension } from '../scripts/packageExtension.ts';

// Packaging builds what is shipped: the minified bundle.
await packageExtension();
process.exitCode = (await runInEditor(import.meta.dirname)) ? 0 : 1;
