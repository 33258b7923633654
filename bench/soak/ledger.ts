import { ownClient } from '../../src/common/client.ts';
import type { StoredSession } from '../../src/sessions/storedSession.ts';
import { storedOnDisk } from '../../test/processes/sharedSecrets.ts';
import type { WindowClient } from '../../test/processes/windowClient.ts';
import type { App, Spotify, User } from '../../test/spotify/index.ts';
import type { Authorization } from '../../test/spotify/tokens.ts';
import { sampleSession } from '../../test/unit/sessions/sampleSession.ts';
import type { Computer } from './computer.ts';

/** Requests of one client ID pause together after a failure, so there are several. */
const APPS = 6;

/** A session as it must be stored. */
export interface Entry {
  readonly id: string;
  readonly user: User;
  readonly app: App;
  /** The consent of the last sign-in. */
  readonly authorization: Authorization;
  /** Whether a sign-in or a sign-out did not end, so that the session may be stored or not. */
  isUnsure: boolean;
}

/** What became of the newest refresh token of a session. */
export type Fate =
  | 'stored'
  /** A window that is open has it, and could not store it while the keyring was locked. */
  | 'unsaved'
  /** Spotify's answer with it reached no window. */
  | 'lost on the way'
  /** The window that received it was ended before it could store it. */
  | 'lost with its window'
  | 'lost';

type TokenPair = ReturnType<Spotify['tokens']['issue']>;

/** How long a window may take to store a token, in milliseconds. */
const STORE_LIMIT_MS = 15_000;

/** The sessions that the windows must keep, and those that must not come back. */
export class Ledger {
  readonly entries = new Map<string, Entry>();
  readonly signedOut = new Set<string>();
  signIns = 0;
  readonly #spotify: Spotify;
  readonly #computer: Computer;
  readonly #apps: App[];

  constructor(spotify: Spotify, computer: Computer) {
    this.#spotify = spotify;
    this.#computer = computer;
    this.#apps = Array.from({ length: APPS }, () => spotify.addApp({ redirectUris: [] }));
  }

  /** Signs a user in, of a new account or again. */
  async signIn(window: WindowClient, again?: Entry): Promise<void> {
    const id = again?.id ?? `session${++this.signIns}`;
    const app = again?.app ?? this.#apps[this.signIns % APPS];
    if (!app) throw new Error('There is no app.');
    const user = again?.user ?? this.#spotify.addUser({ id: `user-of-${id}`, displayName: id });
    const { tokens } = this.#spotify;
    const token = tokens.issue(user, app, ['user-read-private']);
    const authorization = tokens.refreshTokens.get(token.refreshToken)?.authorization;
    if (!authorization) throw new Error('The token was not issued.');
    const entry = { id, user, app, authorization, isUnsure: true };
    this.entries.set(id, entry);
    entry.isUnsure = !(await window.put(this.#newSession(entry, token)));
  }

  async signOut(window: WindowClient, entry: Entry): Promise<void> {
    entry.isUnsure = true;
    if (await window.remove(entry.id)) this.#strike(entry);
  }

  /** Decides what became of sign-ins and sign-outs that did not end. */
  async resolve(): Promise<void> {
    for (const entry of this.entries.values()) {
      if (!entry.isUnsure) continue;
      entry.isUnsure = false;
      if (!(await this.#stored(entry))) this.entries.delete(entry.id);
    }
  }

  /** Whether a token was issued to the account of the session. */
  owns({ user, app }: Entry, token: string): boolean {
    const issued = this.#spotify.tokens.accessTokens.get(token);
    return issued?.user === user && issued.app === app;
  }

  /** What became of the session's newest refresh token, and the process that received it, if any did. */
  async fate(entry: Entry): Promise<{ fate: Fate; pid?: number }> {
    const { current, previous } = this.#newestTokens(entry);
    const kept = (await this.#stored(entry))?.token.refreshToken;
    if (kept === current) return { fate: 'stored' };
    const sent = this.#spotify.requests
      .to('token')
      .filter(({ form }) => form.get('refresh_token') === previous);
    // A fault with a status is not Spotify's own answer.
    const grant = sent.find(({ status, fault }) => status === 200 && fault?.status === undefined);
    if (!grant?.isAnswered) return { fate: kept === previous ? 'lost on the way' : 'lost' };
    const pid = Number(grant.headers['x-window']);
    const endedAt = this.#computer.ended.get(pid);
    const wasLocked = this.#computer.wasLocked(grant.at, grant.at + STORE_LIMIT_MS);
    if (endedAt === undefined) return { fate: wasLocked ? 'unsaved' : 'lost', pid };
    const isEarly = endedAt - grant.at < STORE_LIMIT_MS;
    return { fate: isEarly || wasLocked ? 'lost with its window' : 'lost', pid };
  }

  #newestTokens(entry: Entry): { current?: string; previous?: string } {
    const newest: { current?: string; previous?: string } = {};
    for (const [value, { authorization, replaced }] of this.#spotify.tokens.refreshTokens) {
      if (authorization !== entry.authorization) continue;
      newest[replaced ? 'previous' : 'current'] = value;
    }
    return newest;
  }

  #stored({ id }: Entry): Promise<StoredSession | undefined> {
    return storedOnDisk(this.#computer.secretsFolder, id);
  }

  #strike({ id }: Entry): void {
    this.entries.delete(id);
    this.signedOut.add(id);
  }

  #newSession({ id, user, app }: Entry, token: TokenPair): StoredSession {
    const { now } = this.#computer;
    return sampleSession({
      id,
      client: ownClient(app.clientId),
      account: { id: user.accountId, profileId: user.id, label: id },
      token: { ...token, expiresAt: now + this.#spotify.behaviour.expiresIn },
      consentedAt: now,
    });
  }
}
