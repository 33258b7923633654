import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownClient } from '../../src/common/client.ts';
import { FileSessionRevisions } from '../../src/node/fileSessionRevisions.ts';
import { serializeSession, type StoredSession } from '../../src/sessions/storedSession.ts';
import type { App, LoggedRequest, Spotify } from '../spotify/index.ts';
import { sampleSession } from '../unit/sessions/sampleSession.ts';
import { sharedSecrets, storedOnDisk } from './sharedSecrets.ts';
import { WindowClient } from './windowClient.ts';

/** A computer whose windows are processes. They share a folder, one session, and a Spotify app. */
export class Machine {
  readonly app: App;
  readonly windows: WindowClient[] = [];
  readonly #spotify: Spotify;
  readonly #folder: string;

  private constructor(spotify: Spotify, folder: string) {
    this.#spotify = spotify;
    this.#folder = folder;
    this.app = spotify.addApp({ redirectUris: [] });
  }

  static async start(spotify: Spotify, windows: number): Promise<Machine> {
    const machine = new Machine(spotify, await mkdtemp(path.join(tmpdir(), 'machine-')));
    await machine.signIn();
    await Promise.all(Array.from({ length: windows }, (_, index) => machine.openWindow(index)));
    return machine;
  }

  async openWindow(index: number): Promise<void> {
    this.windows[index] = await WindowClient.open(this.#folder, this.#spotify.accountsUrl);
  }

  /** Requests a token `calls` times in one window. Resolves with the tokens, or the reasons for having none. */
  ask(window: WindowClient, calls: number): Promise<string[]> {
    return window.ask('first', calls, true);
  }

  /** Stores the session of a new consent, whose access token has expired. */
  async signIn(): Promise<void> {
    const user = this.#spotify.users.get('alva');
    if (!user) throw new Error('The user Alva does not exist.');
    const token = { ...this.#spotify.tokens.issue(user, this.app), expiresAt: 0 };
    const revision = ((await this.stored())?.revision ?? 0) + 1;
    const { clientId } = this.app;
    const consentedAt = Date.now() / 1000;
    await this.#store(sampleSession({ client: ownClient(clientId), token, consentedAt, revision }));
  }

  /** Has the access token expire. */
  async expire(): Promise<void> {
    const session = await this.stored();
    if (!session) throw new Error('There is no session whose token could expire.');
    const { token, revision } = session;
    await this.#store({
      ...session,
      token: { ...token, expiresAt: 0 },
      revision: revision + 1,
    });
  }

  /** The session as it is on the disk, also if no window can see that yet. */
  stored(): Promise<StoredSession | undefined> {
    return storedOnDisk(path.join(this.#folder, 'secrets'), 'first');
  }

  /** The ids of the processes that hold the lock, or are about to take it. */
  async holders(): Promise<number[]> {
    const folder = path.join(this.#folder, 'sessions');
    const locks = (await readdir(folder)).filter((name) => name.endsWith('.lock'));
    const pids = locks.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => ''));
    return (await Promise.all(pids)).map(Number);
  }

  /** The refresh token that Spotify would accept. */
  refreshToken(): string | undefined {
    const tokens = [...this.#spotify.tokens.refreshTokens].reverse();
    return tokens.find(
      ([, { authorization, replaced }]) => authorization.app === this.app && !replaced,
    )?.[0];
  }

  /** The id of the process whose refresh Spotify has granted last. */
  lastGranted(): number {
    const granted = this.#requests().filter(({ status }) => status === 200);
    return Number(granted.at(-1)?.headers['x-window']);
  }

  /** How many refresh requests of the app Spotify has received. */
  refreshes(): number {
    return this.#requests().length;
  }

  #requests(): LoggedRequest[] {
    const { clientId } = this.app;
    return this.#spotify.requests
      .to('token')
      .filter(({ form }) => form.get('client_id') === clientId);
  }

  async close(): Promise<void> {
    await Promise.all(this.windows.map((window) => window.kill()));
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #store(session: StoredSession): Promise<void> {
    const secrets = await sharedSecrets(path.join(this.#folder, 'secrets'), 0);
    await secrets.store('session:first', serializeSession(session));
    await new FileSessionRevisions(path.join(this.#folder, 'sessions')).setRevision(
      'first',
      session.revision,
    );
  }
}
