/**
 * Prepares a release: checks that everything agrees, writes the version into the files that name it, and
 * prints the git commands for the owner. `npm run release -- 0.2.0` uploads and pushes nothing.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root } from '../paths.ts';
import { releaseChangelog } from './changelog.ts';
import { npm } from './commands.ts';
import { pagesWithFiles, RELEASED_FILE } from './pages.ts';
import { isPreRelease, isTagged, releaseProblems } from './releaseProblems.ts';
import { CHANGELOG, readRepositoryState, type RepositoryState } from './repositoryState.ts';

const [version = ''] = process.argv.slice(2);
const state = await readRepositoryState();
if (isTagged(state, version)) {
  console.log(`${version} is tagged, at the present commit. It is released by pushing it:\n`);
  console.log(`  git push --atomic origin main v${version}`);
} else {
  const problems = releaseProblems(state, version);
  if (problems.length > 0) refuse(problems);
  else await prepare(state);
}

function refuse(problems: readonly string[]): void {
  console.error(`${version || 'A version'} cannot be released yet:\n`);
  for (const problem of problems) console.error(`- ${problem}`);
  process.exitCode = 1;
}

async function prepare({ manifest, changelog, pages }: RepositoryState): Promise<void> {
  // Also writes package-lock.json.
  await npm([
    'version',
    version,
    '--no-git-tag-version',
    '--allow-same-version',
    '--ignore-scripts',
  ]);
  const repository = manifest.repository.url.replace(/\.git$/, '');
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(CHANGELOG, releaseChangelog(changelog, { version, date, repository }));
  for (const [page, text] of pagesWithFiles(pages)) {
    await writeFile(path.join(root, page), text.replaceAll(RELEASED_FILE, version));
  }
  const kind = isPreRelease(manifest) ? 'a pre-release, because of "preview"' : 'a release';
  console.log(`The files have version ${version}, which will be published as ${kind}.`);
  console.log(`Read “git diff”. These commands publish it, as docs/releasing.md says:

  git commit --all --message "Release ${version}"
  git tag --annotate v${version} --message "${version}"
  git push --atomic origin main v${version}`);
}
