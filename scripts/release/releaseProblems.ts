import { compareVersions, formProblems, sections } from './changelog.ts';
import { pagesWithFiles, RELEASED_FILE, unpublishedProblems } from './pages.ts';
import type { Manifest, RepositoryState } from './repositoryState.ts';

/** Whether this version has been tagged here, and the tag is the present commit. */
export function isTagged({ manifest, git }: RepositoryState, version: string): boolean {
  return manifest.version === version && git.tags.get(`v${version}`) === git.head;
}

/**
 * Returns why this version cannot be made from the present state. A problem says what is wrong, then
 * what to do. An empty list means that everything agrees.
 */
export function releaseProblems(state: RepositoryState, version: string): string[] {
  return [
    ...versionProblems(state, version),
    ...agreementProblems(state),
    ...unreleasedProblems(state, version),
    ...unpublishedProblems(state.pages),
    ...gitProblems(state),
  ];
}

/** Returns why the present state is not that of a released version, as its tag has it. */
export function releasedProblems(state: RepositoryState, tag: string): string[] {
  const { version } = state.manifest;
  const problems = agreementProblems(state);
  if (tag !== `v${version}`) {
    problems.push(
      `The tag ${tag} is not v${version}, the version of package.json. Tag its commit.`,
    );
  }
  if (!sections(state.changelog).some((section) => section.version === version)) {
    problems.push(`CHANGELOG.md has no section of ${version}. Run: npm run release -- ${version}`);
  }
  return problems;
}

function versionProblems({ manifest, git }: RepositoryState, version: string): string[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    return [
      `“${version}” is not a version such as 0.2.0. The Marketplace refuses a suffix such as -beta: for a pre-release, set "preview": true in package.json.`,
    ];
  }
  const tags = [...git.tags.keys()].filter((tag) => /^v\d/.test(tag));
  const higher = tags.filter((tag) => compareVersions(tag.slice(1), version) > 0);
  const problems: string[] = [];
  if (compareVersions(version, manifest.version) < 0 || higher.length > 0) {
    const newest = [manifest.version, ...higher.map((tag) => tag.slice(1))]
      .sort(compareVersions)
      .at(-1);
    problems.push(
      `${version} is lower than ${newest ?? ''}, which exists. Choose a higher version.`,
    );
  }
  if (tags.includes(`v${version}`)) {
    problems.push(
      `The tag v${version} exists, on another commit. Choose a higher version; a tag that was never pushed can be deleted: git tag -d v${version}`,
    );
  }
  return problems;
}

/** Checks what has to agree at any time. */
function agreementProblems(state: RepositoryState): string[] {
  const { manifest, lockfile } = state;
  const problems = [...formProblems(state.changelog), ...editorProblems(state)];
  const locked = new Set([lockfile.version, lockfile.packages['']?.version]);
  if (locked.size !== 1 || !locked.has(manifest.version)) {
    problems.push(
      `package-lock.json has another version than package.json (${manifest.version}). Run: npm install --package-lock-only --ignore-scripts`,
    );
  }
  if (manifest.preview !== undefined && typeof manifest.preview !== 'boolean') {
    problems.push('"preview" of package.json is neither true nor false. Correct it, or delete it.');
  }
  for (const [page, text] of pagesWithFiles(state.pages)) {
    const other = text.match(RELEASED_FILE)?.find((version) => version !== manifest.version);
    if (other) {
      problems.push(`${page} names a file of version ${other}. Write ${manifest.version}.`);
    }
  }
  for (const link of state.brokenLinks) {
    problems.push(`README.md links to ${link}, which does not exist. Correct the link.`);
  }
  return problems;
}

/** Checks that the oldest editor of the manifest is the one that the tests run in. */
function editorProblems({ manifest, oldestEditor }: RepositoryState): string[] {
  const minor = oldestEditor.replace(/\.\d+$/, '');
  const { engines, devDependencies } = manifest;
  const problems: string[] = [];
  if (engines.vscode !== `^${minor}.0`) {
    problems.push(
      `package.json allows VS Code ${engines.vscode}, but the oldest one of the tests is ${oldestEditor}. Make "engines" ^${minor}.0, or change OLDEST_EDITOR in test/vscode/serverBuild.ts.`,
    );
  }
  if (!devDependencies['@types/vscode']?.startsWith(`${minor}.`)) {
    problems.push(
      `@types/vscode is not the one of VS Code ${minor}, the oldest one. Run: npm install --save-dev --save-exact @types/vscode@${minor}`,
    );
  }
  return problems;
}

function unreleasedProblems({ changelog }: RepositoryState, version: string): string[] {
  const found = sections(changelog);
  const problems: string[] = [];
  if (found.find((section) => section.version === 'Unreleased')?.text === '') {
    problems.push('“## [Unreleased]” of CHANGELOG.md is empty. Write what changed for users.');
  }
  if (found.some((section) => section.version === version)) {
    problems.push(`CHANGELOG.md has a section of ${version} already. Choose a higher version.`);
  }
  return problems;
}

function gitProblems({ git }: RepositoryState): string[] {
  const problems: string[] = [];
  if (git.changes.length > 0) {
    const list = git.changes.map((change) => `\n    ${change}`).join('');
    problems.push(`Files are not committed. Commit them, or undo the changes:${list}`);
  }
  if (git.branch !== 'main') {
    problems.push(`The branch is “${git.branch}”. Releases are made from main: git switch main`);
  }
  return problems;
}

/** Whether the version of the manifest is published as a pre-release. */
export function isPreRelease({ preview }: Manifest): boolean {
  return preview === true;
}
