import type * as vscode from 'vscode';
import { isText, parseJsonObject } from '../auth/jsonObject.ts';
import { clientSecretOfEnvironment, configuredClientId } from '../common/configuration.ts';

const KEY_PREFIX = 'clientSecret:';
const VERSION = 1;

/** A Spotify app that can have tokens of its own. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether the person has kept the secret though Spotify refused it. */
  readonly isKept: boolean;
  /** Of its session: the same in every window, for as long as the secret is kept. */
  readonly sessionId: string;
  /** Whether the secret is that of `SPOTIFY_SDK_CLIENT_SECRET`, which nobody can forget here. */
  readonly isFromEnvironment: boolean;
}

/** The client secrets that the person has given, in SecretStorage: one for each client ID. */
export class ClientSecrets implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #listener: vscode.Disposable;
  readonly #watchers = new Set<() => void>();
  /** What has been read, by client ID, until it changes. */
  readonly #read = new Map<string, Promise<App | undefined>>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#listener = secrets.onDidChange(({ key }) => {
      if (!key.startsWith(KEY_PREFIX)) return;
      this.#read.delete(key.slice(KEY_PREFIX.length));
      for (const watcher of this.#watchers) watcher();
    });
  }

  /** Calls `watcher` whenever a secret may have changed, in whatever window. */
  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  /**
   * The configured app; undefined without a client ID, or a secret of it. One that cannot be read is
   * left in place, until another is kept. Rejects when SecretStorage refuses.
   */
  async current(): Promise<App | undefined> {
    const clientId = configuredClientId();
    return clientId === undefined ? undefined : this.of(clientId);
  }

  /** The same for whichever app. */
  async of(clientId: string): Promise<App | undefined> {
    const given = clientSecretOfEnvironment(clientId);
    if (given !== undefined) {
      const sessionId = `environment:${clientId.slice(0, 8)}`;
      const isKept = false;
      return { clientId, clientSecret: given, isKept, sessionId, isFromEnvironment: true };
    }
    let app = this.#read.get(clientId);
    if (!app) this.#read.set(clientId, (app = this.#load(clientId)));
    return app;
  }

  /** Keeps a secret in place of the one before, whose session it goes on with. */
  async keep(clientId: string, clientSecret: string, isKept = false): Promise<App> {
    const known = await this.of(clientId);
    const sessionId = known?.sessionId ?? crypto.randomUUID();
    const record = { version: VERSION, sessionId, clientSecret, isKept };
    await this.#secrets.store(KEY_PREFIX + clientId, JSON.stringify(record));
    this.#read.delete(clientId);
    return { clientId, clientSecret, isKept, sessionId, isFromEnvironment: false };
  }

  async forget(clientId: string): Promise<void> {
    await this.#secrets.delete(KEY_PREFIX + clientId);
    this.#read.delete(clientId);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#watchers.clear();
  }

  #load(clientId: string): Promise<App | undefined> {
    const loading = Promise.resolve(this.#secrets.get(KEY_PREFIX + clientId)).then((text) => {
      const { version, sessionId, clientSecret, isKept } = parseJsonObject(text ?? '') ?? {};
      if (version !== VERSION || !isText(sessionId) || !isText(clientSecret)) return undefined;
      const isFromEnvironment = false;
      return { clientId, clientSecret, isKept: isKept === true, sessionId, isFromEnvironment };
    });
    loading.catch(() => this.#read.delete(clientId));
    return loading;
  }
}
