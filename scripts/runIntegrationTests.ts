/**
 * Runs the integration suites. The argument `desktop` requires the desktop editor. The argument `sources`
 * requires the server build, and runs the sources in it instead of bundles.
 */
import process from 'node:process';
import { runFromSources, runIntegrationTests } from './integrationTests.ts';

const where = process.argv.includes('desktop') ? 'desktop' : undefined;
const run = process.argv.includes('sources') ? runFromSources() : runIntegrationTests(where);
process.exitCode = (await run) ? 0 : 1;
