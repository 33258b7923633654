import assert from 'node:assert/strict';
import { releaseChangelog } from '../../../scripts/release/changelog.ts';
import { pagesWithFiles, unpublishedProblems } from '../../../scripts/release/pages.ts';
import {
  isTagged,
  releasedProblems,
  releaseProblems,
} from '../../../scripts/release/releaseProblems.ts';
import {
  readRepositoryState,
  type RepositoryState,
} from '../../../scripts/release/repositoryState.ts';

/** About scripts/release/releaseProblems.ts. Each test changes the state of this repository. */
describe('the checks before a release', () => {
  let state: RepositoryState;
  /** A higher version than the present one. */
  const VERSION = '99.0.0';

  before(async () => {
    const present = await readRepositoryState();
    const git = { branch: 'main', changes: [], tags: new Map<string, string>(), head: 'abc' };
    state = { ...present, git };
  });

  const withManifest = (changes: object): RepositoryState => ({
    ...state,
    manifest: { ...state.manifest, ...changes },
  });
  const withGit = (changes: object): RepositoryState => ({
    ...state,
    git: { ...state.git, ...changes },
  });
  const withPage = (text: string): RepositoryState => ({
    ...state,
    pages: { ...state.pages, 'docs/new.md': text },
  });
  const released = (version: string): RepositoryState => {
    const repository = 'https://example.org';
    const changelog = releaseChangelog(state.changelog, {
      version,
      date: '2026-12-31',
      repository,
    });
    return { ...state, changelog };
  };

  it('find nothing in this repository, once its changes are committed on main and in the changelog', () => {
    const { pages } = state;
    // Until the first release, pages may say that nothing is published.
    const expected = ['“## [Unreleased]” of CHANGELOG.md is empty', ...unpublishedProblems(pages)];
    const problems = releaseProblems(state, VERSION).filter(
      (problem) => !expected.some((text) => problem.includes(text)),
    );
    assert.deepEqual(problems, []);
  });

  it('read all pages that name a released file', () => {
    const named = pagesWithFiles(state.pages).map(([page]) => page);
    for (const page of ['docs/install.md', 'docs/terminal.md'])
      assert.ok(named.includes(page), page);
  });

  it('allow the version of the manifest while it has no tag, as for the first release', () => {
    const problems = releaseProblems(state, state.manifest.version);
    assert.ok(!problems.some((problem) => /is lower|The tag/.test(problem)), problems.join('\n'));
  });

  const faults: [string, () => RepositoryState, RegExp][] = [
    [
      'a version with a tag',
      () => withGit({ tags: new Map([['v99.0.0', 'def']]) }),
      /The tag v99\.0\.0 exists/,
    ],
    [
      'a version below a tag',
      () => withGit({ tags: new Map([['v99.0.10', 'abc']]) }),
      /lower than 99\.0\.10/,
    ],
    [
      'a version below the manifest’s',
      () => withManifest({ version: '100.0.0' }),
      /lower than 100\.0\.0/,
    ],
    [
      'another version in the lockfile',
      () => withManifest({ version: '0.0.9' }),
      /package-lock\.json has another/,
    ],
    [
      'another version in the pages',
      () => withManifest({ version: '0.0.9' }),
      /install\.md names a file of version/,
    ],
    [
      'another version in a new page',
      () => withPage('Install `spotify-sdk-stand-in-0.0.1.tgz`.'),
      /docs\/new\.md names a file of version 0\.0\.1/,
    ],
    [
      'a page that says that nothing is published',
      () => withPage('The extension is not\npublished yet.'),
      /docs\/new\.md says “not published yet”/,
    ],
    [
      'an engine that is not tested',
      () => withManifest({ engines: { vscode: '^1.100.0' } }),
      /allows VS Code \^1\.100\.0/,
    ],
    [
      'types of a newer VS Code',
      () => withManifest({ devDependencies: { '@types/vscode': '1.138.0' } }),
      /@types\/vscode/,
    ],
    [
      'a preview that is no boolean',
      () => withManifest({ preview: 'yes' }),
      /"preview" .* neither true nor false/,
    ],
    [
      'a changed file',
      () => withGit({ changes: [' M README.md'] }),
      /not committed[^]* M README\.md/,
    ],
    ['another branch', () => withGit({ branch: 'topic' }), /The branch is “topic”/],
    ['a dead link', () => ({ ...state, brokenLinks: ['docs/none.md'] }), /links to docs\/none\.md/],
    [
      'a changelog with nothing unreleased',
      () => released('98.0.0'),
      /“## \[Unreleased\]” .* is empty/,
    ],
    [
      'a changelog with this version',
      () => released('99.0.0'),
      /has a section of 99\.0\.0 already/,
    ],
    [
      'a changelog in another form',
      () => ({ ...state, changelog: '# Changes' }),
      /does not begin with/,
    ],
  ];
  for (const [name, faulty, expected] of faults) {
    it(`find ${name}`, () => {
      const problems = releaseProblems(faulty(), VERSION);
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        problems.join('\n'),
      );
    });
  }

  for (const version of ['', '1.2', 'v1.2.3', '1.2.3-beta.1']) {
    it(`refuse “${version}” as a version`, () => {
      assert.match(releaseProblems(state, version)[0] ?? '', /is not a version such as 0\.2\.0/);
    });
  }

  it('know a version that is tagged at the present commit', () => {
    const { version } = state.manifest;
    const tagged = withGit({ tags: new Map([[`v${version}`, 'abc']]) });
    assert.ok(isTagged(tagged, version));
    assert.ok(!isTagged(state, version));
    assert.ok(!isTagged(withGit({ tags: new Map([[`v${version}`, 'def']]) }), version));
  });

  it('let a workflow build a tag only with its version and its section of the changelog', () => {
    const { version } = state.manifest;
    assert.deepEqual(releasedProblems(released(version), `v${version}`), []);
    assert.match(releasedProblems(released(version), 'v99.0.0').join(), /The tag v99\.0\.0 is not/);
    assert.match(releasedProblems(released('98.0.0'), `v${version}`).join(), /no section of/);
  });
});
