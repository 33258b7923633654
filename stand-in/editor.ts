import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppAccount } from './editorApp.ts';
import { endsSoon, requestToken } from './editorToken.ts';
import type { Controls, IssuedTokens } from './standIn.ts';

type Dialog = boolean | { readonly detail?: string };
/** The options of `vscode.authentication.getSession` that are played. */
export interface GetSessionOptions {
  readonly silent?: boolean;
  readonly createIfNone?: Dialog;
  readonly forceNewSession?: Dialog;
  readonly clearSessionPreference?: boolean;
  readonly account?: { readonly id: string; readonly label: string };
}

/** Called after every sign-in, sign-out, refresh and change of permission. */
export type SessionListener = (event: {
  readonly provider: { id: string; label: string };
}) => unknown;

const SIGN_OUT = 'spotify-authentication.signOut';
const REFRESH = 'spotify-authentication.refreshAccessToken';

interface Session extends Omit<IssuedTokens, 'expiresIn'> {
  readonly id: string;
  readonly account: { readonly id: string; readonly label: string };
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/**
 * VS Code with Spotify Authentication, as one extension sees it: the part of the module `vscode` that
 * `createAuthProvider` needs. One account of a user at a time is signed in.
 */
export class StandInEditor {
  /** The user's answer in dialogs. A sign-in that fails looks like `cancel` to the extension. */
  answer: 'allow' | 'decline' | 'cancel' = 'allow';
  /** Id of the user who signs in from now on. */
  userId: string;
  /** Whether Spotify Authentication is installed and enabled. */
  isInstalled = true;
  /** The extension's sentences in the dialogs so far; empty for a dialog without one. */
  readonly dialogs: string[] = [];
  /** The commands so far, each with its arguments. */
  readonly executed: [command: string, ...args: unknown[]][] = [];
  readonly #standIn: Controls;
  readonly #app: AppAccount;
  readonly #listeners = new Set<SessionListener>();
  #session: Session | undefined;
  #isAllowed = false;

  constructor(standIn: Controls, userId: string) {
    this.#standIn = standIn;
    this.#app = new AppAccount(standIn);
    this.userId = userId;
  }

  readonly authentication = {
    getSession: (id: string, scopes: readonly string[], options: GetSessionOptions = {}) =>
      this.#getSession(id, scopes, options),
    onDidChangeSessions: (listener: SessionListener) => {
      this.#listeners.add(listener);
      return { dispose: () => void this.#listeners.delete(listener) };
    },
  };

  readonly commands = {
    /** Runs a command of Spotify Authentication. Of another one it keeps only the name and arguments. */
    executeCommand: async (command: string, ...args: unknown[]): Promise<void> => {
      this.executed.push([command, ...args]);
      if (!command.startsWith('spotify-authentication.')) return;
      if (this.isInstalled && command === SIGN_OUT) this.signOut();
      else if (this.isInstalled && command === REFRESH) await this.#refreshToken(args[0]);
      else throw new Error(`command '${command}' not found`);
    },
  };

  /** Signs the user in and allows the extension, as at an earlier start of the editor. */
  signIn(scopes: readonly string[]): void {
    const { accountId: id, displayName } = this.#standIn.user(this.userId);
    const before = this.#session?.account.id === id ? this.#session : undefined;
    // The real one keeps both sessions.
    const all = [...new Set([...(before?.scopes ?? []), ...scopes])];
    const sent = all.filter((scope) => !scope.startsWith('VSCODE_CLIENT_ID:'));
    const { expiresIn, ...tokens } = this.#standIn.issueTokens(this.userId, sent);
    const expiresAt = this.#standIn.clock.now() + expiresIn * 1000;
    const account = { id, label: displayName ?? this.userId };
    this.#session = { id: before?.id ?? randomUUID(), account, scopes: all, ...tokens, expiresAt };
    this.#isAllowed = true;
    this.#fire();
  }

  /** Signs the user out of the account, and of that of the app, as the Accounts menu does. */
  signOut(): void {
    this.#app.signOut();
    this.#fire('spotify-app');
    this.#session = undefined;
    this.withdrawPermission();
  }

  /** Takes the extension off the account's list of trusted extensions. */
  withdrawPermission(): void {
    this.#isAllowed = false;
    this.#fire();
  }

  async #getSession(provider: string, scopes: readonly string[], options: GetSessionOptions) {
    await setImmediate();
    if (!['spotify', 'spotify-app'].includes(provider) || !this.isInstalled)
      throw new Error(`Timed out waiting for authentication provider '${provider}' to register.`);
    const { forceNewSession, createIfNone, clearSessionPreference, account } = options;
    const dialog = [forceNewSession, createIfNone].find(Boolean);
    if (provider === 'spotify-app') return this.#getAppSession(scopes, dialog);
    const asksAgain = dialog && [forceNewSession, clearSessionPreference].some(Boolean);
    const isWanted = () => !account || account.id === this.#session?.account.id;
    await this.#refreshInTime();
    if (!this.#covers(scopes) || !isWanted() || !this.#isAllowed || asksAgain) {
      if (!dialog) return undefined;
      this.#ask(dialog);
      if (forceNewSession || !this.#covers(scopes) || !this.#isOfUser) this.signIn(scopes);
      this.#isAllowed = true;
      this.#fire();
    }
    const session = this.#session;
    if (!session || !isWanted()) throw canceled();
    const { id, accessToken, account: used } = session;
    return { id, accessToken, account: used, scopes: [...scopes] };
  }

  async #getAppSession(scopes: readonly string[], dialog: Dialog | undefined) {
    if (this.#app.isSignedIn || !dialog) return this.#app.getSession(scopes);
    this.#ask(dialog);
    const session = await this.#app.getSession(scopes, true);
    this.#fire('spotify-app');
    return session;
  }

  #covers(scopes: readonly string[]): boolean {
    const granted = this.#session?.scopes;
    return granted !== undefined && scopes.every((scope) => granted.includes(scope));
  }

  get #isOfUser(): boolean {
    return this.#session?.account.id === this.#standIn.user(this.userId).accountId;
  }

  #ask(dialog: Dialog): void {
    this.dialogs.push((typeof dialog === 'object' && dialog.detail) || '');
    if (this.answer === 'decline') throw new Error('User did not consent to login.');
    if (this.answer === 'cancel') throw canceled();
  }

  /** As the real one, it never rejects. */
  async #refreshToken(sessionId: unknown): Promise<void> {
    if (sessionId === this.#app.id) this.#app.refresh();
    else if (sessionId === this.#session?.id) await this.#refresh().catch(() => undefined);
  }

  async #refreshInTime(): Promise<void> {
    const { expiresAt = Infinity } = this.#session ?? {};
    if (endsSoon(this.#standIn, expiresAt)) await this.#refresh();
  }

  /** Removes the session if Spotify has ended it. Rejects if Spotify cannot be reached. */
  async #refresh(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const { clientId, clock } = this.#standIn;
    const grant = { grant_type: 'refresh_token', refresh_token: session.refreshToken };
    const response = await requestToken(this.#standIn, { ...grant, client_id: clientId });
    const answer = (response?.ok ? await response.json() : {}) as Record<string, string>;
    if (this.#session !== session) return;
    if (response?.ok) {
      const { access_token: accessToken = '', refresh_token: refreshToken = session.refreshToken } =
        answer;
      const expiresAt = clock.now() + Number(answer['expires_in']) * 1000;
      this.#session = { ...session, accessToken, refreshToken, expiresAt };
    } else if (response?.status === 400) this.#session = undefined;
    else throw new Error('Spotify cannot be reached at the moment. You stay signed in.');
    this.#fire();
  }

  #fire(id: 'spotify' | 'spotify-app' = 'spotify'): void {
    const label = id === 'spotify' ? 'Spotify' : 'Spotify (app)';
    const event = { provider: { id, label } };
    for (const listener of this.#listeners) listener(event);
  }
}

const canceled = () => Object.assign(new Error('Canceled'), { name: 'Canceled' });
