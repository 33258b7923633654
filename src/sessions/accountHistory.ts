import type { Memento } from 'vscode';
import { keyAt } from '../common/testServer.ts';
import type { SessionStore } from './sessionStore.ts';
import { type Account, isAccount, type StoredSession } from './storedSession.ts';

const ACCOUNTS = 'accounts';
const SIGNED_OUT = 'signedOut';

/**
 * The accounts that were signed in on this computer, and whether the user has signed out since the last
 * sign-in. The windows of all servers share the accounts, so that no account gets the label of another one.
 * `globalState` keeps them, so they outlive the sessions.
 */
export class AccountHistory {
  readonly #memory: Memento;
  readonly #signedOut: string;

  /** @param testServer Origin of the test server that the window uses; undefined for Spotify. */
  constructor(memory: Memento, store: SessionStore, testServer?: string) {
    this.#memory = memory;
    this.#signedOut = keyAt(testServer, SIGNED_OUT);
    store.watch({
      loaded: () => {
        store.all().then((all) => this.#add(all), ignore);
      },
      changed: ({ added }) => {
        if (added.length === 0) return;
        this.#add(added);
        if (this.hasSignedOut) this.#set(this.#signedOut, undefined);
      },
    });
  }

  /** Every account with each label that it had. An account keeps its labels when it is signed out. */
  get accounts(): readonly Account[] {
    const stored = this.#memory.get<unknown>(ACCOUNTS);
    return Array.isArray(stored) ? stored.filter(isAccount) : [];
  }

  /** Whether the user has signed out of an account, and no account has been signed in since. */
  get hasSignedOut(): boolean {
    return this.#memory.get(this.#signedOut) === true;
  }

  noteSignOut(): void {
    this.#set(this.#signedOut, true);
  }

  #add(sessions: readonly StoredSession[]): void {
    const { accounts } = this;
    const all = [...accounts, ...sessions.map(({ account }) => account)];
    const different = new Map(all.map((account) => [account.id + account.label, account]));
    if (different.size > accounts.length) this.#set(ACCOUNTS, [...different.values()]);
  }

  /** Ignores a failure: neither a sign-in nor a sign-out may fail because of it. */
  #set(key: string, value: unknown): void {
    this.#memory.update(key, value).then(undefined, ignore);
  }
}

function ignore(): void {
  // A failure to remember an account changes nothing for the caller.
}
