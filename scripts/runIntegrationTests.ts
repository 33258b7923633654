/** Runs the integration suites. The argument `desktop` requires the desktop editor. */
import process from 'node:process';
import { runIntegrationTests } from './integrationTests.ts';

const where = process.argv.includes('desktop') ? 'desktop' : undefined;
process.exitCode = (await runIntegrationTests(where)) ? 0 : 1;
