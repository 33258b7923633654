/**
 * Publishes the files of `out/release` (or of `--folder`), as they were built. `npm run release:publish -- openvsx`
 * uploads to one place only. `--dry-run` does everything but the uploads. A version that a place has already
 * is skipped.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { readReleaseFiles, RELEASE_FOLDER, type ReleaseFiles } from './releaseFiles.ts';
import { REGISTRIES, uploads } from './uploads.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    folder: { type: 'string', default: RELEASE_FOLDER },
  },
});
const names = positionals.length > 0 ? positionals : REGISTRIES;
const unknown = names.filter((name) => !(name in uploads));
if (unknown.length > 0) {
  fail(`Unknown: ${unknown.join()}. The places are ${Object.keys(uploads).join(', ')}.`);
} else {
  await readReleaseFiles(values.folder).then(publish, fail);
}

async function publish(files: ReleaseFiles): Promise<void> {
  const kind = files.isPreRelease ? 'a pre-release' : 'a release';
  console.log(`${files.extension} ${files.version}, ${kind}. All files have their checksums.`);
  const failed: string[] = [];
  for (const name of names) if (!(await uploadTo(name, files))) failed.push(name);
  if (failed.length === 0) return;
  fail(`\nNot published: ${failed.join(', ')}. Correct the cause.\n${remedies(failed).join('\n')}`);
}

/** Returns how to try the places again, a line each. npm makes the provenance in a workflow only. */
function remedies(failed: readonly string[]): string[] {
  const elsewhere = failed.filter((name) => name !== 'npm');
  return [
    'In the workflow, choose “Re-run failed jobs”.',
    ...(elsewhere.length > 0
      ? ['On your own computer, run:', `  npm run release:publish -- ${elsewhere.join(' ')}`]
      : []),
  ];
}

/** Uploads to one place, and prints what was done. Returns false if that failed. */
async function uploadTo(name: string, files: ReleaseFiles): Promise<boolean> {
  const upload = uploads[name];
  if (!upload) return false;
  console.log(`\n${upload.title}`);
  try {
    const lines = await upload.run(files, values['dry-run']);
    console.log(lines.map((line) => `  ${line}`).join('\n'));
    return true;
  } catch (error) {
    console.error(`  failed: ${messageOf(error)}`);
    return false;
  }
}

function fail(error: unknown): void {
  console.error(messageOf(error));
  process.exitCode = 1;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
