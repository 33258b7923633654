import type { TestResults } from './testResults.ts';

const SLOWEST = 10;

/** Prints the failed, flaky, skipped and slowest tests. */
export function printSummary({ failures, flaky, skips, files, printed }: TestResults): void {
  const withOutput = (title: string, text: string) =>
    [text, printed.get(title)].filter(Boolean).join('\n');
  print(
    'Failed',
    failures.map(({ title, description }, index) =>
      withOutput(title, `${index + 1}) ${description.trimEnd()}`),
    ),
  );
  print(
    'Flaky (failed at first, then passed)',
    flaky.map(({ title, error }) => withOutput(title, `${title}: ${error}`)),
  );
  print(
    'Skipped',
    skips.map((title) => `${title}: ${reasonIn(printed.get(title))}`),
  );
  const slowest = [...files].sort(([, one], [, other]) => other - one).slice(0, SLOWEST);
  print(
    'Slowest files',
    slowest.map(([name, ms]) => `${seconds(ms).padStart(7)}  ${name}`),
  );
}

/** Formats a duration, such as `1.5 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Returns the reason for a skip, which the test has printed. */
function reasonIn(text: string | undefined): string {
  return text?.trim().replace(/^skipped: /, '') ?? 'no reason given';
}

function print(heading: string, entries: readonly string[]): void {
  if (entries.length === 0) return;
  console.log(`\n${heading}`);
  for (const entry of entries) console.log(`  ${entry}`);
}
