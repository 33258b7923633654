/** What a sign-in asks for when no extension has asked for anything; one at least, for VS Code. */
export const OWN_SCOPES: readonly string[] = ['user-read-private'];

/** The same as no other extension writes it: VS Code withdraws all requests for one list together. */
export const OFFERED_SCOPES: readonly string[] = [...OWN_SCOPES, ...OWN_SCOPES];
