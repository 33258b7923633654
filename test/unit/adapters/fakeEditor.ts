import { setImmediate } from 'node:timers/promises';
import type {
  AuthenticationGetSessionOptions,
  AuthenticationSession,
  AuthenticationSessionsChangeEvent,
} from 'vscode';
import type { createAuthProvider } from '../../../src/adapters/vscode.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';

type Asked = [providerId: string, scopes: readonly string[], AuthenticationGetSessionOptions];
type Listener = (event: AuthenticationSessionsChangeEvent) => unknown;

/**
 * VS Code with the Spotify provider, as one other extension sees it: a session for somebody who is
 * signed in, and only once they have agreed; whoever is asked, and says yes, signs in, too. Events
 * come without saying what changed, and before the answer that they belong to.
 */
export class FakeEditor {
  /** What the person says when they are asked. */
  says: 'yes' | Error = 'yes';
  hasAgreed = false;
  /** Everything that `getSession` was called with. */
  readonly asked: Asked[] = [];
  readonly commandsRun: unknown[][] = [];
  readonly listeners = new Set<Listener>();
  /** How often the person was asked. */
  dialogs = 0;
  /** Runs before an answer leaves, which may then be out of date. */
  beforeAnswer: () => unknown = () => undefined;
  /** Runs before a command does its work. */
  beforeCommand: () => unknown = () => undefined;
  readonly #spotify: Spotify;
  readonly #app: App;
  readonly #user: User;
  #session: { readonly id: string; accessToken: string } | undefined;
  #signIns = 0;

  constructor(spotify: Spotify, app: App, user: User) {
    this.#spotify = spotify;
    this.#app = app;
    this.#user = user;
  }

  /** What an extension imports as `vscode`. */
  readonly api = {
    authentication: {
      getSession: (...asked: Asked) => this.#getSession(asked),
      onDidChangeSessions: (listener: Listener) => {
        this.listeners.add(listener);
        return { dispose: () => this.listeners.delete(listener) };
      },
    },
    commands: {
      executeCommand: async (...run: unknown[]) => {
        this.commandsRun.push(run);
        await this.beforeCommand();
        await setImmediate();
        if (run[1] === this.#session?.id) this.refresh();
      },
    },
  } as unknown as Parameters<typeof createAuthProvider>[0];

  get accessToken(): string | undefined {
    return this.#session?.accessToken;
  }

  /** Signs in and agrees, as after an earlier start of the editor. */
  signIn(): void {
    this.#session = { id: `session-${++this.#signIns}`, accessToken: this.#newToken() };
    this.hasAgreed = true;
    this.fire();
  }

  signOut(): void {
    this.#session = undefined;
    this.hasAgreed = false;
    this.fire();
  }

  /** Takes the extension off the account's trusted ones. */
  revoke(): void {
    this.hasAgreed = false;
    this.fire();
  }

  refresh(): void {
    if (!this.#session) return;
    this.#session.accessToken = this.#newToken();
    this.fire();
  }

  fire(id = 'spotify'): void {
    for (const listener of this.listeners) listener({ provider: { id, label: 'Spotify' } });
  }

  async #getSession(asked: Asked): Promise<AuthenticationSession | undefined> {
    const [, scopes, { createIfNone, silent }] = asked;
    if (createIfNone && silent) throw new Error('Invalid combination of options.');
    this.asked.push(asked);
    await setImmediate();
    if (createIfNone && !(this.#session && this.hasAgreed)) this.#ask();
    if (!this.#session || !this.hasAgreed) return undefined;
    if (this.#isOver(this.#session.accessToken)) this.refresh();
    const { id, accessToken } = this.#session;
    await this.beforeAnswer();
    return { id, accessToken, account: { id: 'alva', label: 'Alva' }, scopes: [...scopes] };
  }

  #ask(): void {
    this.dialogs++;
    if (this.says !== 'yes') throw this.says;
    if (!this.#session) this.signIn();
    this.hasAgreed = true;
    this.fire();
  }

  #newToken(): string {
    const scope = ['user-read-private'];
    return this.#spotify.tokens.issueAccessToken({ app: this.#app, user: this.#user, scope });
  }

  /** As the provider's: what lasts for less than a minute is refreshed first. */
  #isOver(accessToken: string): boolean {
    const { expiresAt = 0 } = this.#spotify.tokens.accessTokens.get(accessToken) ?? {};
    return expiresAt - Date.now() < 60_000;
  }
}
