import * as vscode from 'vscode';
import type { SpotifyAuthenticationProvider } from '../../src/provider/authenticationProvider.ts';
import { type BuiltProvider, buildProvider } from '../../src/window/buildProvider.ts';
import type { SpotifyServers } from '../../src/common/spotifyServers.ts';
import { nodeHost } from '../../src/node/nodeHost.ts';
import { spotifyServers } from '../../src/node/environmentServers.ts';
import type { NoticeClaims } from '../../src/sessions/acrossWindows.ts';
import type { SessionStore } from '../../src/sessions/sessionStore.ts';
import { serializeSession, type StoredSession } from '../../src/sessions/storedSession.ts';
import type { CallbackUriHandler } from '../../src/flows/callbackUriHandler.ts';
import type { FlowQuery } from '../../src/flows/chooseFlow.ts';
import type { RunningSignIn } from '../../src/signIn/runningSignIns.ts';
import type { EditorStorage } from './editorStorage.ts';
import { OWN_ID } from './signInRequest.ts';

/** What a window needs of the storage that it shares with others. */
type WindowStorage = Pick<EditorStorage, 'folder' | 'record'> & {
  readonly secrets: { window(): vscode.SecretStorage };
  readonly memory: vscode.Memento;
};

/** The session ids of one event. */
export type EventIds = Record<'added' | 'changed' | 'removed', string[]>;

/**
 * A window of the extension, built for a test as `activate` builds it, on the storage of a test. The
 * stand-in answers its browser without a page.
 */
export class TestWindow implements Disposable {
  readonly events: EventIds[] = [];
  readonly opened: string[] = [];
  readonly log: string[] = [];
  /** How often the log was shown to the user. */
  logShown = 0;
  /** What the browser does with an address. It rejects if the user declines to open the browser. */
  browse = (url: string): unknown => void fetch(url);
  /** Its claims to be the window that shows a notice. */
  readonly #claims: Promise<boolean>[] = [];

  /** All objects of the window. The palette's commands work with it. */
  readonly context: BuiltProvider;
  readonly #storage: WindowStorage;

  /** @param servers By default the stand-in, as if it were Spotify and no test server. */
  constructor(shared: WindowStorage, servers = standInAsSpotify()) {
    this.#storage = shared;
    const { secrets, memory: globalState, folder } = shared;
    const write = (line: string) => this.log.push(line);
    const lines = { debug: write, info: write, warn: write, error: write };
    const log = { ...lines, show: () => (this.logShown += 1), problems: [] };
    const globalStorageUri = vscode.Uri.file(folder);
    const host = nodeHost(
      { secrets: secrets.window(), globalStorageUri, extension: ownExtension() },
      servers,
    );
    this.context = buildProvider({
      host: { ...host, claims: this.#watched(host.claims) },
      globalState,
      log,
    });
    this.provider.onDidChangeSessions(({ added, changed, removed }) =>
      this.events.push({ added: ids(added), changed: ids(changed), removed: ids(removed) }),
    );
    Object.assign(this.context.environment, { openBrowser: (url: string) => this.#open(url) });
  }

  get provider(): SpotifyAuthenticationProvider {
    return this.context.provider;
  }

  get store(): SessionStore {
    return this.context.store;
  }

  /** Receives the links that the browser opens in this window. */
  get links(): CallbackUriHandler {
    return this.context.callbackUriHandler;
  }

  /** The sign-in that waits for its browser; undefined if there is none. */
  get running(): RunningSignIn | undefined {
    const { running } = this.context.environment;
    return running.find(running.latest);
  }

  /** Changes what this window knows of its environment, such as the kind of its host. */
  moveTo(different: Partial<FlowQuery>): void {
    const { queryEnvironment } = this.context.environment;
    Object.assign(this.context.environment, {
      queryEnvironment: async () => ({ ...(await queryEnvironment()), ...different }),
    });
  }

  /** Changes fields of a stored session, as time does, and waits until this window has read it. */
  async age(
    different: Partial<StoredSession>,
    session: StoredSession = this.#storage.record(),
  ): Promise<void> {
    const revision = session.revision + 1;
    const text = serializeSession({ ...session, ...different, revision });
    await this.#storage.secrets.window().store(`session:${session.id}`, text);
    await this.store.reread(session.id);
  }

  /** Resolves when every message that is due has been shown. */
  async allMessagesShown(): Promise<void> {
    let count: number;
    do {
      count = this.#claims.length;
      await Promise.all(this.#claims);
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#claims.length > count);
  }

  [Symbol.dispose](): void {
    this.context.dispose();
  }

  #watched(claims: NoticeClaims): NoticeClaims {
    return {
      release: (name) => claims.release(name),
      claim: (name) => {
        const claim = claims.claim(name);
        this.#claims.push(claim);
        return claim;
      },
    };
  }

  async #open(url: string): Promise<void> {
    this.opened.push(url);
    await this.browse(url);
  }
}

function standInAsSpotify(): SpotifyServers {
  return { ...spotifyServers(() => undefined), testServer: undefined };
}

function ownExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(OWN_ID);
  if (!extension) throw new Error('VS Code does not know the extension.');
  return extension;
}

function ids(sessions: readonly vscode.AuthenticationSession[] | undefined): string[] {
  return (sessions ?? []).map(({ id }) => id);
}
