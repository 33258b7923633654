import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { cliBundle } from '../scripts/cliBundle.ts';
import { out } from '../scripts/paths.ts';
import { type Measurement, rowsOf, type Subject, timeOf } from './measurement.ts';

const ROUNDS = 25;

/** Measures how long `spotify-auth token` takes with a valid token, and `node -e 0`, which does nothing. */
export async function cliStartTimes(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cli-start-'));
  try {
    const outdir = path.join(out, 'cli-start');
    await build({ ...cliBundle, outdir });
    const cache = path.join(folder, 'token.json');
    const record = { access_token: 'BQ', expires_at: Date.now() / 1000 + 3600, client_id: 'x' };
    await writeFile(cache, JSON.stringify(record), { mode: 0o600 });
    const token = [path.join(outdir, 'spotify-auth.js'), 'token', '--cache', cache];
    const [ours, nothing]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await timeOf(() => execFileSync(process.execPath, token)));
      nothing.push(await timeOf(() => execFileSync(process.execPath, ['-e', '0'])));
    }
    const samples = new Map<Subject, number[]>([
      ['ours', ours],
      ['nothing', nothing],
    ]);
    return rowsOf('spotify-auth token, beside node -e 0', 'ms', samples);
  } finally {
    await rm(folder, { recursive: true });
  }
}
