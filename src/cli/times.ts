import { REFRESH_TOKEN_LIFETIME, type TokenInfo } from '../auth/tokenInfo.ts';

/** A printed token is valid for at least this long, in seconds. */
export const FRESH_SECONDS = 60;

/** Returns when the consent ends; undefined if it is not known when it was given. */
export function consentEnd({ consentedAt }: TokenInfo): Date | undefined {
  if (consentedAt === undefined) return undefined;
  return new Date((consentedAt + REFRESH_TOKEN_LIFETIME) * 1000);
}

/** Returns a date as the user's system writes it, with the time of day and how far away it is. */
export function moment(date: Date): string {
  const shown = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return `${shown.format(date)} (${distance(date.getTime() - Date.now())})`;
}

function distance(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const units = [
    ['day', 24 * 60],
    ['hour', 60],
    ['minute', 1],
  ] as const;
  const [unit, length] = units.find(([, size]) => Math.abs(minutes) >= 2 * size) ?? ['minute', 1];
  return new Intl.RelativeTimeFormat('en').format(Math.trunc(minutes / length), unit);
}
