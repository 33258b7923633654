import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SpotifyAuthenticationProvider } from '../../src/authenticationProvider.ts';
import { type BuiltProvider, buildProvider } from '../../src/buildProvider.ts';
import type { CommandContext } from '../../src/commands/registerCommands.ts';
import { OnceAcrossWindows } from '../../src/sessions/onceAcrossWindows.ts';
import type { SessionStore } from '../../src/sessions/sessionStore.ts';
import {
  parseSession,
  serializeSession,
  type StoredSession,
} from '../../src/sessions/storedSession.ts';
import type { CallbackLinks } from '../../src/signIn/callbackLinks.ts';
import type { Place } from '../../src/signIn/chooseFlow.ts';
import type { RunningSignIn } from '../../src/signIn/runningSignIns.ts';
import { FakeSecrets } from '../unit/sessions/fakeSecrets.ts';
import { FakeMemento } from '../unit/sessions/fakeWindow.ts';
import { replace } from './replace.ts';
import { OWN_ID } from './signInRequest.ts';

/** What is kept between the windows and starts of an editor: secrets, `globalState`, a folder. */
export class EditorStorage implements AsyncDisposable {
  readonly secrets = new FakeSecrets();
  readonly memory = new FakeMemento();
  readonly folder = mkdtempSync(path.join(tmpdir(), 'spotify-authentication-'));

  /** Every record, as it is on the disk. */
  records(): StoredSession[] {
    const sessions = [...this.secrets.stored]
      .filter(([key]) => key.startsWith('session:'))
      .map(([, text]) => parseSession(text));
    return sessions.filter((session) => typeof session === 'object');
  }

  /** The only record. */
  record(): StoredSession {
    const [session, ...others] = this.records();
    if (!session || others.length > 0) throw new Error('There is not just one session.');
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A refresh in the background may still be writing there.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The ids of one event. */
export type Heard = Record<'added' | 'changed' | 'removed', string[]>;

/**
 * The provider as `activate` builds it, on secrets that a test can age. The browser is one that
 * the stand-in answers without a page.
 */
export class OwnProvider implements Disposable {
  readonly events: Heard[] = [];
  readonly opened: string[] = [];
  readonly log: string[] = [];
  /** What the browser does that was opened; rejects where nobody wants it. */
  browse = (url: string): unknown => void fetch(url);
  /** By name, the commands that help a sign-in. */
  readonly commands = new Map<string, (id?: unknown) => void>();
  /** Who is asked whether this window tells a person something. */
  readonly #questions: Promise<boolean>[] = [];

  /** What the palette's commands work with. */
  readonly context: CommandContext;
  readonly #storage: EditorStorage;
  readonly #built: BuiltProvider;

  constructor(shared: EditorStorage) {
    this.#storage = shared;
    const { secrets, memory: globalState, folder } = shared;
    const write = (line: string) => this.log.push(line);
    const lines = { debug: write, info: write, warn: write, error: write };
    const log = { ...lines, show: () => undefined, problems: [] };
    this.#built = buildProvider({
      secrets: secrets.window(),
      globalState,
      extension: ownExtension(),
      sessionsFolder: folder,
      once: this.#heard(new OnceAcrossWindows(path.join(folder, 'notices'))),
      log,
    });
    this.context = { ...this.#built, log };
    this.provider.onDidChangeSessions(({ added, changed, removed }) =>
      this.events.push({ added: ids(added), changed: ids(changed), removed: ids(removed) }),
    );
    Object.assign(this.#built.environment, { openBrowser: (url: string) => this.#open(url) });
    const registerCommand = (name: string, run: () => void) => {
      this.commands.set(name, run);
      return new vscode.Disposable(() => this.commands.delete(name));
    };
    // The extension under test has registered the same names.
    const replaced = replace(vscode.commands, { registerCommand });
    this.#built.environment.running.register();
    replaced[Symbol.dispose]();
  }

  /** All that the window is made of. */
  get built(): BuiltProvider {
    return this.#built;
  }

  get provider(): SpotifyAuthenticationProvider {
    return this.#built.provider;
  }

  get store(): SessionStore {
    return this.#built.store;
  }

  /** The links that the browser opens in this window. */
  get links(): CallbackLinks {
    return this.#built.links;
  }

  /** The sign-in that waits for its browser. */
  get running(): RunningSignIn | undefined {
    return this.#built.environment.running.find();
  }

  /** Has this window be elsewhere. */
  moveTo(different: Partial<Place>): void {
    const { survey } = this.#built.environment;
    Object.assign(this.#built.environment, {
      survey: async () => ({ ...(await survey()), ...different }),
    });
  }

  /** Changes a record, as time does, and waits until this window has seen it. */
  async age(
    different: Partial<StoredSession>,
    session: StoredSession = this.#storage.record(),
  ): Promise<void> {
    const generation = session.generation + 1;
    const text = serializeSession({ ...session, ...different, generation });
    await this.#storage.secrets.window().store(`session:${session.id}`, text);
    await this.store.reread(session.id);
  }

  /** Resolves when every message that is due has been shown. */
  async everythingTold(): Promise<void> {
    await Promise.all(this.#questions);
    await new Promise((resolve) => setImmediate(resolve));
  }

  [Symbol.dispose](): void {
    this.#built.dispose();
  }

  #heard(once: OnceAcrossWindows): OnceAcrossWindows {
    const first = once.first.bind(once);
    once.first = (name) => {
      const question = first(name);
      this.#questions.push(question);
      return question;
    };
    return once;
  }

  async #open(url: string): Promise<void> {
    this.opened.push(url);
    await this.browse(url);
  }
}

function ownExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(OWN_ID);
  if (!extension) throw new Error('The extension is not there.');
  return extension;
}

function ids(sessions: readonly vscode.AuthenticationSession[] | undefined): string[] {
  return (sessions ?? []).map(({ id }) => id);
}
