/** CHANGELOG.md in the form of https://keepachangelog.com/en/1.1.0/. */

/** A version of the changelog. */
export interface Section {
  /** Such as `0.2.0`, or `Unreleased`. */
  readonly version: string;
  /** The day of the release, such as `2026-12-31`; undefined for `Unreleased`. */
  readonly date?: string | undefined;
  /** What changed, in Markdown, without the heading. */
  readonly text: string;
}

const HEADING = /^## .*$/gm;
const VERSION_HEADING = /^## \[(Unreleased|\d+\.\d+\.\d+)\](?: - (\d{4}-\d{2}-\d{2}))?$/;
const LINK = /^\[([^\]]+)\]: \S+$/gm;
const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

/** Returns the sections in their order, the newest first. Headings of another form are left out. */
export function sections(changelog: string): Section[] {
  const text = changelog.replaceAll(LINK, '');
  const headings = [...text.matchAll(HEADING)];
  return headings.flatMap((heading, index) => {
    const [, version, date] = VERSION_HEADING.exec(heading[0]) ?? [];
    if (version === undefined) return [];
    const end = headings[index + 1]?.index ?? text.length;
    return [{ version, date, text: text.slice(heading.index + heading[0].length, end).trim() }];
  });
}

/** Returns what is wrong with the form of the changelog, a sentence each. */
export function formProblems(changelog: string): string[] {
  const found = sections(changelog);
  const problems = [...headingProblems(changelog), ...orderProblems(found)];
  if (!changelog.startsWith('# Changelog\n')) {
    problems.push('CHANGELOG.md does not begin with “# Changelog”. Add that line.');
  }
  const linked = [...changelog.matchAll(LINK)].map(([, name]) => name);
  for (const { version, date, text } of found) {
    const isReleased = version !== 'Unreleased';
    const name = `“## [${version}]” of CHANGELOG.md`;
    if (isReleased !== (date !== undefined)) {
      problems.push(
        `${name} ${isReleased ? 'has no date. Add “ - yyyy-mm-dd”.' : 'has a date. Delete it.'}`,
      );
    }
    if (isReleased && text === '') problems.push(`${name} is empty. Write what changed.`);
    if (!linked.includes(version)) {
      problems.push(
        `${name} has no address. Add “[${version}]: https://…” at the end of the file.`,
      );
    }
  }
  return problems;
}

function headingProblems(changelog: string): string[] {
  const versions = changelog.match(HEADING) ?? [];
  const kinds = [...changelog.matchAll(/^### (.*)$/gm)].map(([, kind = '']) => kind);
  return [
    ...versions
      .filter((heading) => !VERSION_HEADING.test(heading))
      .map(
        (heading) => `“${heading}” of CHANGELOG.md is no version. Write “## [1.2.3] - yyyy-mm-dd”.`,
      ),
    ...kinds
      .filter((kind) => !KINDS.includes(kind))
      .map((kind) => `“### ${kind}” of CHANGELOG.md is unknown. Use one of ${KINDS.join(', ')}.`),
  ];
}

function orderProblems(found: readonly Section[]): string[] {
  const [first, ...released] = found.map(({ version }) => version);
  if (first !== 'Unreleased') {
    return ['CHANGELOG.md has no “## [Unreleased]” above its versions. Add it.'];
  }
  const sorted = [...new Set(released)].sort((one, other) => compareVersions(other, one));
  return sorted.join() === released.join()
    ? []
    : ['The versions of CHANGELOG.md are not in descending order, or one is there twice.'];
}

/** Returns a negative number if the first version is lower, a positive one if it is higher, or 0. */
export function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

/**
 * Makes what is unreleased a version, below a new empty section `Unreleased`.
 * @param repository The address of the repository, without `.git`
 * @returns the new text of the changelog
 */
export function releaseChangelog(
  changelog: string,
  { version, date, repository }: { version: string; date: string; repository: string },
): string {
  const released = changelog.replace(
    '## [Unreleased]\n',
    `## [Unreleased]\n\n## [${version}] - ${date}\n`,
  );
  return released.replace(
    /^\[Unreleased\]: \S+$/m,
    `[Unreleased]: ${repository}/compare/v${version}...main\n` +
      `[${version}]: ${repository}/releases/tag/v${version}`,
  );
}
