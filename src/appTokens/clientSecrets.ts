import type * as vscode from 'vscode';
import { isText, parseJsonObject } from '../auth/jsonObject.ts';
import { clientSecretOfEnvironment, configuredClientId } from '../common/configuration.ts';

const KEY_PREFIX = 'clientSecret:';
const VERSION = 1;

/** A Spotify app whose client secret is known, so that it can get access tokens of its own. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether Spotify refused the secret and the user chose to keep it. */
  readonly isKeptDespiteRefusal: boolean;
  /**
   * The id of the app's session. It is the same in every window. It stays the same when the client
   * secret is replaced, and changes when the client secret is deleted and entered again.
   */
  readonly sessionId: string;
  /**
   * Whether the client secret comes from `SPOTIFY_SDK_CLIENT_SECRET`. It can then not be deleted here.
   */
  readonly isFromEnvironment: boolean;
}

/** Stores the client secrets that the user entered: one for each client ID, in SecretStorage. */
export class ClientSecrets implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #testServer: string | undefined;
  readonly #listener: vscode.Disposable;
  readonly #watchers = new Set<() => void>();
  /**
   * The apps that were read from SecretStorage, by client ID. A change of a client secret removes its
   * app.
   */
  readonly #loaded = new Map<string, Promise<App | undefined>>();

  /**
   * @param secrets The secrets of one accounts server.
   * @param testServer Origin of the test server; undefined for Spotify.
   */
  constructor(secrets: vscode.SecretStorage, testServer?: string) {
    this.#secrets = secrets;
    this.#testServer = testServer;
    this.#listener = secrets.onDidChange(({ key }) => {
      if (!key.startsWith(KEY_PREFIX)) return;
      this.#loaded.delete(key.slice(KEY_PREFIX.length));
      for (const watcher of this.#watchers) watcher();
    });
  }

  /** Calls `watcher` whenever a secret may have changed, in this or another window. */
  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  /**
   * Returns the configured app; undefined if no client ID is configured or its client secret is not
   * known. Rejects if SecretStorage fails.
   */
  async current(): Promise<App | undefined> {
    const clientId = configuredClientId();
    return clientId === undefined ? undefined : this.get(clientId);
  }

  /**
   * Returns the app with this client ID; undefined if its client secret is not known. A stored record
   * that cannot be parsed counts as unknown. It stays in SecretStorage until {@link store} replaces it.
   * Rejects if SecretStorage fails.
   */
  async get(clientId: string): Promise<App | undefined> {
    const clientSecret = clientSecretOfEnvironment(clientId, this.#testServer);
    if (clientSecret !== undefined) {
      const sessionId = `environment:${clientId.slice(0, 8)}`;
      const isKeptDespiteRefusal = false;
      return { clientId, clientSecret, isKeptDespiteRefusal, sessionId, isFromEnvironment: true };
    }
    let app = this.#loaded.get(clientId);
    if (!app) this.#loaded.set(clientId, (app = this.#load(clientId)));
    return app;
  }

  /**
   * Stores a client secret, and returns the app. If the app had a client secret before, its session id
   * stays.
   */
  async store(clientId: string, clientSecret: string, isKeptDespiteRefusal = false): Promise<App> {
    const known = await this.get(clientId);
    const sessionId = known?.sessionId ?? crypto.randomUUID();
    const record = { version: VERSION, sessionId, clientSecret, isKept: isKeptDespiteRefusal };
    await this.#secrets.store(KEY_PREFIX + clientId, JSON.stringify(record));
    this.#loaded.delete(clientId);
    return { clientId, clientSecret, isKeptDespiteRefusal, sessionId, isFromEnvironment: false };
  }

  async delete(clientId: string): Promise<void> {
    await this.#secrets.delete(KEY_PREFIX + clientId);
    this.#loaded.delete(clientId);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#watchers.clear();
  }

  #load(clientId: string): Promise<App | undefined> {
    const loading = Promise.resolve(this.#secrets.get(KEY_PREFIX + clientId)).then((text) => {
      const { version, sessionId, clientSecret, isKept } = parseJsonObject(text ?? '') ?? {};
      if (version !== VERSION || !isText(sessionId) || !isText(clientSecret)) return undefined;
      const isKeptDespiteRefusal = isKept === true;
      return { clientId, clientSecret, isKeptDespiteRefusal, sessionId, isFromEnvironment: false };
    });
    loading.catch(() => this.#loaded.delete(clientId));
    return loading;
  }
}
