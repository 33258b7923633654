/** What a run has counted. */
export class Figures {
  requests = 0;
  calls = 0;
  tokens = 0;
  /** How often each event happened. */
  readonly events = new Map<string, number>();
  /** The reasons why a call brought no token. Most are the faults of this run. */
  readonly reasons = new Map<string, number>();
  /** What became of refresh tokens that were not stored: how often each fate was found. */
  readonly fates = new Map<string, number>();
  /** The sessions that were lost, with what is known about each. */
  readonly lost: string[] = [];
  /** The tokens that belong to another session than the one that was asked for. */
  foreignTokens = 0;
  /** The sessions that were signed out and were there again later. */
  readonly returned = new Set<string>();
  filesLeft: readonly string[] = [];
  secretsLeft: readonly string[] = [];
}

/** Counts `name` up by one. */
export function countUp(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
