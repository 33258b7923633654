import { sessionChangeEvent, type SessionWatcher } from './sessionChangeEvent.ts';
import { serializeSession, type StoredSession } from './storedSession.ts';

/** A window's copy of the stored sessions. Tells watchers of each difference. */
export class SessionMemory {
  readonly watchers = new Set<SessionWatcher>();
  readonly #sessions = new Map<string, StoredSession>();
  /** All sessions in order; undefined after a change. */
  #sorted: readonly StoredSession[] | undefined;

  get(id: string): StoredSession | undefined {
    return this.#sessions.get(id);
  }

  /** Returns all sessions, the oldest consent first, in one array until one changes. */
  all(): readonly StoredSession[] {
    this.#sorted ??= [...this.#sessions.values()].sort((a, b) => a.consentedAt - b.consentedAt);
    return this.#sorted;
  }

  /** Puts the sessions into memory when they have been read for the first time, and tells nothing of them. */
  load(sessions: Iterable<StoredSession | undefined>): void {
    for (const session of sessions) if (session) this.#sessions.set(session.id, session);
    this.#sorted = undefined;
  }

  /** Puts the session into memory, unless memory is newer. Removes the one in memory for undefined. */
  update(id: string, session: StoredSession | undefined): void {
    const known = this.#sessions.get(id);
    if (known && session && session.revision < known.revision) return;
    if (textOf(known) === textOf(session)) return;
    if (session) this.#sessions.set(id, session);
    else this.#sessions.delete(id);
    this.#sorted = undefined;
    const others = [...this.#sessions.values()].filter((other) => other.id !== id);
    const change = sessionChangeEvent(known, session, others);
    if (change) for (const watcher of this.watchers) watcher.changed?.(change);
  }
}

const textOf = (session: StoredSession | undefined): string | undefined =>
  session && serializeSession(session);
