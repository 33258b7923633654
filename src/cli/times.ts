import type { TokenInfo } from '../auth/tokenInfo.ts';

/** A printed token is valid for at least this long, in seconds. */
export const FRESH_SECONDS = 60;

/**
 * How long a refresh token lasts after the consent, in seconds. Spotify says six months. This is the
 * length of the shortest six months of a year.
 */
const CONSENT_LIFETIME = 181 * 24 * 3600;

/** Returns when the consent ends; undefined if it is not known when it was given. */
export function consentEnd({ consentedAt }: TokenInfo): Date | undefined {
  return consentedAt === undefined ? undefined : new Date((consentedAt + CONSENT_LIFETIME) * 1000);
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
