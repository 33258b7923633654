import type { TestResults } from './testResults.ts';

const SLOWEST = 10;

/** Prints what a person wants to know of the tests that were run, but for the last line. */
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
    'Flaky, since they failed at first and then passed',
    flaky.map(({ title, error }) => withOutput(title, `${title}: ${error}`)),
  );
  print(
    'Skipped',
    skips.map((title) => `${title}: ${reasonIn(printed.get(title))}`),
  );
  const slowest = [...files].sort(([, one], [, other]) => other - one).slice(0, SLOWEST);
  print(
    'Slowest',
    slowest.map(([name, ms]) => `${seconds(ms).padStart(7)}  ${name}`),
  );
}

/** How long something took, for people. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** A test prints why it is skipped. */
function reasonIn(text: string | undefined): string {
  return text?.trim().replace(/^skipped: /, '') ?? 'it does not say why';
}

function print(heading: string, entries: readonly string[]): void {
  if (entries.length === 0) return;
  console.log(`\n${heading}`);
  for (const entry of entries) console.log(`  ${entry}`);
}
