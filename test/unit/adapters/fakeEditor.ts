import { setImmediate } from 'node:timers/promises';
import type {
  AuthenticationGetSessionOptions,
  AuthenticationSession,
  AuthenticationSessionsChangeEvent,
} from 'vscode';
import type { Editor } from '../../../src/adapters/vscode.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';

type Asked = [providerId: string, scopes: readonly string[], AuthenticationGetSessionOptions];
type Listener = (event: AuthenticationSessionsChangeEvent) => unknown;

/**
 * VS Code with the Spotify provider, as another extension sees it. There is a session if the user is
 * signed in and has allowed the extension. A user who agrees in the dialog is signed in, too. Events do
 * not say what changed, and are fired before the call that causes them resolves.
 */
export class FakeEditor {
  /** The user's answer to the dialog, or what VS Code throws for it: in one case a string. */
  says: unknown = 'yes';
  /** Resolves when the user answers. */
  answered: Promise<unknown> = Promise.resolve();
  hasAgreed = false;
  /** The arguments of all calls of `getSession`. */
  readonly asked: Asked[] = [];
  readonly commandsRun: unknown[][] = [];
  readonly listeners = new Set<Listener>();
  /** How many dialogs the user has seen. */
  dialogs = 0;
  /** Runs before `getSession` resolves. Its result may be outdated then. */
  beforeAnswer: () => unknown = () => undefined;
  /** Runs before a command. */
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

  /** The module `vscode` of an extension. */
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
  } as unknown as Editor;

  get accessToken(): string | undefined {
    return this.#session?.accessToken;
  }

  /** Signs the user in and allows the extension, as at an earlier start of the editor. */
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

  /** Removes the extension from the account's trusted extensions. */
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
    if (createIfNone && !(this.#session && this.hasAgreed)) await this.#ask();
    if (!this.#session || !this.hasAgreed) return undefined;
    if (this.#isOver(this.#session.accessToken)) this.refresh();
    const { id, accessToken } = this.#session;
    await this.beforeAnswer();
    return { id, accessToken, account: { id: 'alva', label: 'Alva' }, scopes: [...scopes] };
  }

  async #ask(): Promise<void> {
    this.dialogs++;
    await this.answered;
    if (this.says !== 'yes') throw this.says;
    if (!this.#session) this.signIn();
    this.hasAgreed = true;
    this.fire();
  }

  #newToken(): string {
    const scope = ['user-read-private'];
    return this.#spotify.tokens.issueAccessToken({ app: this.#app, user: this.#user, scope });
  }

  /** Refreshes a token that expires within a minute, as the provider does. */
  #isOver(accessToken: string): boolean {
    const { expiresAt = 0 } = this.#spotify.tokens.accessTokens.get(accessToken) ?? {};
    return expiresAt - Date.now() < 60_000;
  }
}
