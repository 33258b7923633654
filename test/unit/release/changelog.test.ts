import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { formProblems, releaseChangelog, sections } from '../../../scripts/release/changelog.ts';
import { CHANGELOG } from '../../../scripts/release/repositoryState.ts';

const changelog = `# Changelog

A sentence.

## [Unreleased]

### Fixed

- A fault.

## [0.1.0] - 2026-12-01

### Added

- A feature.

[Unreleased]: https://example.org/compare/v0.1.0...main
[0.1.0]: https://example.org/releases/tag/v0.1.0
`;

/** About scripts/release/changelog.ts. */
describe('the changelog', () => {
  it('has the form of Keep a Changelog', async () => {
    assert.deepEqual(formProblems(await readFile(CHANGELOG, 'utf8')), []);
    assert.deepEqual(formProblems(changelog), []);
  });

  it('is read as sections, without the addresses at its end', () => {
    assert.deepEqual(sections(changelog), [
      { version: 'Unreleased', date: undefined, text: '### Fixed\n\n- A fault.' },
      { version: '0.1.0', date: '2026-12-01', text: '### Added\n\n- A feature.' },
    ]);
  });

  const faults: [string, string, string, RegExp][] = [
    ['without its title', '# Changelog', '# Changes', /does not begin with “# Changelog”/],
    [
      'with a version in another form',
      '## [0.1.0] - ',
      '## 0.1.0 ',
      /is no version\. Write “## \[/,
    ],
    ['with a version without a date', ' - 2026-12-01', '', /“## \[0\.1\.0\]” .* has no date/],
    ['with a date at Unreleased', '[Unreleased]\n', '[Unreleased] - 2026-12-01\n', /has a date/],
    ['without Unreleased', '## [Unreleased]', '## [0.2.0] - 2026-12-02', /no “## \[Unreleased\]”/],
    ['with an unknown kind', '### Added', '### New', /“### New” .* is unknown\. Use one of Added/],
    ['with an empty version', '### Added\n\n- A feature.', '', /“## \[0\.1\.0\]” .* is empty/],
    [
      'without an address',
      '[0.1.0]: https://example.org',
      '<https://x>',
      /\[0\.1\.0\].* has no address/,
    ],
    [
      'with versions in the wrong order',
      '- A feature.',
      '## [0.2.0] - 2026-12-02',
      /descending order/,
    ],
  ];
  for (const [name, from, to, expected] of faults) {
    it(`is refused ${name}`, () => {
      const problems = formProblems(changelog.replace(from, to));
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        problems.join('\n'),
      );
    });
  }

  it('gets a version of what is unreleased, and a new empty section above it', () => {
    const options = { version: '0.2.0', date: '2026-12-31', repository: 'https://example.org' };
    const released = releaseChangelog(changelog, options);
    assert.deepEqual(formProblems(released), []);
    assert.deepEqual(sections(released).slice(0, 2), [
      { version: 'Unreleased', date: undefined, text: '' },
      { version: '0.2.0', date: '2026-12-31', text: '### Fixed\n\n- A fault.' },
    ]);
    assert.match(
      released,
      /^\[Unreleased\]: https:\/\/example\.org\/compare\/v0\.2\.0\.\.\.main$/m,
    );
    assert.match(released, /^\[0\.2\.0\]: https:\/\/example\.org\/releases\/tag\/v0\.2\.0$/m);
  });
});
