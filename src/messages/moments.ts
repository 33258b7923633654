import * as vscode from 'vscode';

/** All moments are seconds since the epoch. */
const UNITS = [
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Such as `2:32 PM`. */
export function timeOfDay(moment: number): string {
  return format(moment, { timeStyle: 'short' });
}

/** Such as `May 25, 2027`. */
export function day(moment: number): string {
  return format(moment, { dateStyle: 'medium' });
}

/** Such as `in 47 minutes` or `5 minutes ago`: never more time than there is. */
export function fromNow(moment: number): string {
  const left = moment - Date.now() / 1000;
  const [unit, seconds] = UNITS.find(([, length]) => Math.abs(left) >= length) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(language()).format(Math.trunc(left / seconds), unit);
}

function format(moment: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), options).format(moment * 1000);
}

/** That of the sentences around it: without a translation they are English. */
function language(): string[] {
  return vscode.l10n.bundle ? [vscode.env.language, 'en'] : ['en'];
}
