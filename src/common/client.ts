/** A Spotify app. */
export interface Client {
  /** The client ID. */
  readonly id: string;
  /**
   * `settings` if the user chose the app, in the settings or the environment; `extension` if an
   * extension named it.
   */
  readonly source: 'settings' | 'extension';
}

/** The app that the user chose. */
export const ownClient = (id: string): Client => ({ id, source: 'settings' });

/**
 * Whether both have the same client ID and the same source. The client ID alone does not decide, because
 * an extension may name the app that the user chose.
 */
export function isSameClient(a: Client, b: Client): boolean {
  return a.id === b.id && a.source === b.source;
}
