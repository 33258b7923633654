import type { ClientIdSource } from '../common/configuration.ts';

/** What may be known of a client ID. */
export interface ClientIdFinding {
  readonly source: ClientIdSource;
  /** Whether it is 32 hex digits, as all that were ever seen; Spotify does not promise it. */
  readonly isWellFormed: boolean;
}

/** Undefined where there is no client ID. */
export function clientIdFinding(
  clientId: string | undefined,
  source: ClientIdSource | undefined,
): ClientIdFinding | undefined {
  if (clientId === undefined || source === undefined) return undefined;
  return { source, isWellFormed: /^[\da-f]{32}$/i.test(clientId) };
}
