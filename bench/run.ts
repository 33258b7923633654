import { writeFile } from 'node:fs/promises';
import { startConfiguredSpotify } from '../test/integration/standIn.ts';
import { cachedSessions } from './cachedSessions.ts';
import { loadingTimes } from './loading.ts';
import type { Results } from './measurement.ts';
import { redactionTimes } from './redaction.ts';
import { refreshTimes } from './refreshes.ts';
import { signInTimes } from './signIns.ts';

/** VS Code calls this in the extension host. It writes the results to the file `BENCH_RESULTS`. */
export async function run(): Promise<void> {
  const loading = await loadingTimes();
  const spotify = await startConfiguredSpotify();
  console.log('Measuring cached sessions…');
  const cached = await cachedSessions();
  console.log('Measuring refreshes…');
  const refreshes = await refreshTimes(spotify);
  console.log('Measuring sign-ins…');
  const signIns = await signInTimes();
  await spotify.close();
  const traces = [signIns.trace, refreshes.trace];
  const rows = [...refreshes.rows, ...signIns.rows];
  const measurements = [...loading, ...cached, ...rows, ...redactionTimes()];
  const results: Results = { measurements, traces };
  await writeFile(process.env['BENCH_RESULTS'] ?? '', JSON.stringify(results));
}
