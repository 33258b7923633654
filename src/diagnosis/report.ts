import { describeError } from '../common/describeError.ts';
import { headings, reportStrings } from '../messages/diagnosis.ts';
import { adviceFor } from './advice.ts';
import type { Findings } from './findings.ts';
import { reportSections } from './reportSections.ts';

/**
 * Formats the findings as Markdown.
 * @param anonymize Removes everything that identifies the user from an error message or a line of the
 * log.
 */
export function formatReport(findings: Findings, anonymize: (text: string) => string): string {
  const problems = adviceFor(findings).map(({ what, advice }) =>
    reportStrings.problem(what, advice),
  );
  const sections = reportSections(findings, (error) => code(anonymize(describeError(error))));
  return (
    [
      `# ${reportStrings.title()}`,
      reportStrings.introduction(minute(findings.at)),
      `## ${headings.findings()}`,
      list(problems.length > 0 ? problems : [reportStrings.noProblem()]),
      ...sections.flatMap(({ heading, items }) => [
        `## ${heading}`,
        list(items.map(([label, value]) => `${label}: ${value}`)),
      ]),
      `## ${headings.recent()}`,
      recentProblems(findings, anonymize),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function recentProblems({ recent }: Findings, anonymize: (text: string) => string): string {
  if (!recent) return reportStrings.leftOut();
  const lines = recent.map(({ at, level, text }) => `${second(at)} ${level} ${anonymize(text)}`);
  return lines.length > 0 ? lines.map(codeBlock).join('\n') : reportStrings.none();
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** Makes an indented code block, which no character of `text` can end. */
const codeBlock = (text: string): string => text.replace(/^/gm, '    ');

/** Makes inline code, in which Markdown makes no links. */
const code = (text: string): string => `\`${inOneLine(text).replaceAll('`', '’')}\``;

/** Puts one space in place of a line break and the spaces around it. */
const inOneLine = (text: string): string =>
  text.replace(/\s+/g, (spaces) => (spaces.includes('\n') ? ' ' : spaces));

/** The time in UTC to the second, such as `2026-11-30T12:00:00Z`. */
const second = (date: Date): string => date.toISOString().replace(/\.\d+/, '');

/** The time in UTC to the minute, such as `2026-11-30 12:00`. */
const minute = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');
