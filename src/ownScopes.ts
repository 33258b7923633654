/** What a sign-in asks for when no extension has asked for anything; one at least, for VS Code. */
export const OWN_SCOPES: readonly string[] = ['user-read-private'];
