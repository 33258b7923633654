import type { Account } from './storedSession.ts';

/** A name that is too long for a label. Names of Spotify have at most 30 characters. */
const TOO_LONG = /^(.{59})..+$/su;
/** White space, and characters that Unicode counts as symbols or letters though they show nothing. */
const BLANK = /[\s\u2800\u{1D159}\u{13441}\u{13442}]+/gu;
/** Characters that show nothing, or only change how others are shown, such as the text direction. */
const INVISIBLE = /[\p{DI}\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/**
 * Returns what a user sees of the account's label, or else of one of its ids, in one line and at most 60
 * characters. The result is never empty.
 */
export function accountName({ label, profileId, id }: Account): string {
  const name = [label, profileId, id].map(seen).find((text) => text !== '') ?? 'Spotify';
  return name.replace(TOO_LONG, '$1…');
}

/**
 * Returns a label that is free: {@link accountName}, with an id appended if another account in `others` has
 * or had a label that looks the same. VS Code takes accounts with equal labels for one account, and
 * remembers by the label which extensions may use it.
 * @param others Accounts that are signed in, or were.
 */
export function freeLabel(account: Account, others: readonly Account[]): string {
  const name = unambiguous(accountName(account));
  const taken = new Set(others.map(({ label }) => comparable(label)));
  const withId = (id: string) => `${name} (${seen(id)})`;
  const labels = [name, withId(account.profileId), withId(account.id)];
  const free = labels.find((label) => !taken.has(comparable(label)));
  return free ?? withId(crypto.randomUUID());
}

/**
 * Puts a name into quotation marks if VS Code could take its key for another one. The key is the provider's
 * id and the label. So the user `app-x` of `spotify` would have the key of the account `x` of `spotify-app`,
 * and the user `Alva-usages` the key under which VS Code keeps which extensions have used `Alva`.
 */
export function unambiguous(name: string): string {
  return /^app-|-usages$/i.test(name) ? `“${name}”` : name;
}

/**
 * Returns what is seen of a text: no invisible characters, and no combining marks without a letter. A space
 * keeps VS Code from showing `$(name)` as an icon.
 */
function seen(text: string): string {
  return text
    .normalize('NFC')
    .replace(BLANK, ' ')
    .replace(INVISIBLE, '')
    .replace(/(^| )\p{M}+/gu, '$1')
    .replace(/ +/g, ' ')
    .replaceAll('$(', '$ (')
    .trim();
}

/** Returns a text that is equal for labels that look the same. */
const comparable = (label: string): string => seen(label).normalize('NFKC');
