/**
 * Measures the speed of the extension in a real VS Code, and prints a table; with `--json` only the
 * results as JSON. It checks no limits.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { runInServerBuild } from '../scripts/integrationTests.ts';
import { packageExtension } from '../scripts/packageExtension.ts';
import { cliStartTimes } from './cliStart.ts';
import type { Results } from './measurement.ts';
import { printTable } from './table.ts';
import { workerLoadingTimes } from './workerLoading.ts';

const asJson = process.argv.includes('--json');
// Progress does not mix with the results.
const print = console.log;
if (asJson) console.log = console.error;

const results = await measure();
if (asJson) print(JSON.stringify(results, undefined, 2));
else printTable(results);

async function measure(): Promise<Results> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spotify-bench-'));
  try {
    const file = path.join(folder, 'results.json');
    // Packaging builds the minified bundles, which users have.
    await packageExtension();
    const isMeasured = await runInServerBuild(import.meta.dirname, {
      extensions: ['companion', 'nothing'].map((name) => path.join(import.meta.dirname, name)),
      env: { BENCH_RESULTS: file },
    });
    if (!isMeasured) throw new Error('The extension host has not measured everything.');
    const { measurements, traces } = JSON.parse(await readFile(file, 'utf8')) as Results;
    const outside = [...(await workerLoadingTimes()), ...(await cliStartTimes())];
    return { measurements: [...measurements, ...outside], traces };
  } finally {
    await rm(folder, { recursive: true });
  }
}
