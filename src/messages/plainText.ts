/**
 * Makes a text from outside (a name, a scope, a URI of the settings) safe for a message: one line,
 * without links, icons and Unicode controls of the text direction. In notifications and prompts VS
 * Code turns `[text](command:…)` into a link and `$(name)` into an icon. VS Code has no escape
 * for them, so a space is inserted before the parenthesis.
 */
export function plainText(foreign: string): string {
  return foreign
    .replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .trim()
    .replace(/([\]$])\(/g, '$1 (');
}

/** The first six characters of a client ID, by which a user can tell it from others. */
export const shortClientId = (clientId: string): string => plainText(clientId.slice(0, 6));
