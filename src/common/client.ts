/** A Spotify app, by its client ID. */
export interface Client {
  readonly id: string;
  /** Who chose it: the user, in the settings or the environment, or the extension that asks. */
  readonly source: 'settings' | 'extension';
}

/** The app that the user chose. */
export const ownClient = (id: string): Client => ({ id, source: 'settings' });

/** Whether both are the same app from the same source: an extension may name the user's own. */
export function isSameClient(a: Client, b: Client): boolean {
  return a.id === b.id && a.source === b.source;
}
