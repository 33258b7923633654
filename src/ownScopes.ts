/** What a sign-in asks for when no extension has asked for anything; one at least, for VS Code. */
export const DEFAULT_SCOPES: readonly string[] = ['user-read-private'];

/** The same as no other extension writes it: VS Code withdraws all requests for one list together. */
export const OFFERED_SCOPES: readonly string[] = [...DEFAULT_SCOPES, ...DEFAULT_SCOPES];
