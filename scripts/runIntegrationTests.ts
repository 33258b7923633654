/** Runs the integration suites; `desktop` demands the desktop editor. For `scripts/test.ts`. */
import process from 'node:process';
import { runIntegrationTests } from './integrationTests.ts';

const where = process.argv.includes('desktop') ? 'desktop' : undefined;
process.exitCode = (await runIntegrationTests(where)) ? 0 : 1;
