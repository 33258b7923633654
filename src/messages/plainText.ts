/**
 * A text that is not ours (a name, a scope, an address of the settings) as it may stand in a
 * message: on one line, with no link, icon or turned direction of reading in it. VS Code makes a
 * link of every `[text](command:…)` in a notification or a prompt, and an icon of `$(name)`, and
 * knows no escape: a space takes either apart.
 */
export function plainText(foreign: string): string {
  return foreign
    .replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .trim()
    .replace(/([\]$])\(/g, '$1 (');
}

/** As much of a client ID as tells it from another. */
export const startOf = (clientId: string): string => plainText(clientId.slice(0, 6));
