import * as vscode from 'vscode';

/** The units of this file, with their lengths in seconds, the longest first. */
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

/**
 * Formats a distance from now, such as `in 47 minutes` or `5 minutes ago`. The number is rounded, in the
 * largest unit of which it has at least two.
 * @param seconds Negative for the past.
 */
export function roundedFromNow(seconds: number): string {
  const [count, unit] = rounded(seconds);
  return new Intl.RelativeTimeFormat(language()).format(count, unit);
}

/** Formats a duration, such as `5 minutes`, rounded as {@link roundedFromNow} rounds. */
export function duration(seconds: number): string {
  const [count, unit] = rounded(seconds);
  const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(language(), options).format(count);
}

/** Returns the number of units, and the unit. */
function rounded(seconds: number) {
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= 2 * length) ?? UNITS[3];
  return [Math.round(seconds / length), unit] as const;
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
