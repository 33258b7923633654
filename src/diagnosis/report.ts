import { describeError } from '../common/describeError.ts';
import { headings, reportStrings } from '../messages/diagnosis.ts';
import { sectionsOf } from './facts.ts';
import type { Findings } from './findings.ts';
import { problemsOf } from './problems.ts';

/**
 * The findings as Markdown.
 * @param clean Takes out of what others have written what tells whose it is.
 */
export function reportOf(findings: Findings, clean: (text: string) => string): string {
  const problems = problemsOf(findings).map(({ what, advice }) =>
    reportStrings.problem(what, advice),
  );
  const sections = sectionsOf(findings, (failed) => code(clean(describeError(failed))));
  return (
    [
      `# ${reportStrings.title()}`,
      reportStrings.introduction(minute(findings.at)),
      `## ${headings.findings()}`,
      list(problems.length > 0 ? problems : [reportStrings.noProblem()]),
      ...sections.flatMap(({ heading, facts }) => [
        `## ${heading}`,
        list(facts.map(([label, value]) => `${label}: ${value}`)),
      ]),
      `## ${headings.recent()}`,
      recentOf(findings, clean),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function recentOf({ recent }: Findings, clean: (text: string) => string): string {
  if (!recent) return reportStrings.leftOut();
  const lines = recent.map(({ at, level, text }) => `${iso(at)} ${level} ${clean(text)}`);
  return lines.length > 0 ? lines.map(indented).join('\n') : reportStrings.none();
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** As code, which nothing in it can end. */
const indented = (text: string): string => text.replace(/^/gm, '    ');

/** As code within a line, so that a link in it is none. */
const code = (text: string): string => `\`${text.replace(/\s*\n\s*/g, ' ').replaceAll('`', '’')}\``;

const iso = (date: Date): string => date.toISOString().replace(/\.\d+/, '');

const minute = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');
