import * as vscode from 'vscode';

/** The units that {@link fromNow} uses, with their lengths in seconds, the longest first. */
const UNITS = [
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * Formats a time of day, such as `2:32 PM`.
 * @param moment Seconds since the epoch, as everywhere in this file.
 */
export function timeOfDay(moment: number): string {
  return format(moment, { timeStyle: 'short' });
}

/** Formats a date, such as `May 25, 2027`. */
export function day(moment: number): string {
  return format(moment, { dateStyle: 'medium' });
}

/**
 * Formats a moment as a distance from now, such as `in 47 minutes` or `5 minutes ago`. The number is
 * rounded down.
 */
export function fromNow(moment: number): string {
  const left = moment - Date.now() / 1000;
  const [unit, seconds] = UNITS.find(([, length]) => Math.abs(left) >= length) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(language()).format(Math.trunc(left / seconds), unit);
}

function format(moment: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), options).format(moment * 1000);
}

/**
 * The languages for dates and times, the preferred one first. English, if VS Code has loaded no
 * translation of the messages.
 */
function language(): string[] {
  return vscode.l10n.bundle ? [vscode.env.language, 'en'] : ['en'];
}
