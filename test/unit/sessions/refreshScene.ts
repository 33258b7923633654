import { readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { ownClient } from '../../../src/common/client.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { resetClock } from './clock.ts';
import type { Window, WindowOptions } from './fakeWindow.ts';
import { Machine } from './machine.ts';
import { sampleSession } from './sampleSession.ts';
import { until } from './until.ts';

/** A stand-in for Spotify with an app and a user, and a computer. Both are new for each test. */
export class RefreshScene {
  spotify!: Spotify;
  app!: App;
  alva!: User;
  machine!: Machine;

  /** Call it inside `describe`: it adds hooks to the suite. */
  constructor() {
    beforeEach(async () => {
      this.spotify = await startSpotify();
      this.app = this.spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
      this.alva = this.spotify.addUser({ id: 'alva', displayName: 'Alva' });
      this.machine = new Machine();
    });
    afterEach(async () => {
      resetClock();
      this.machine.close();
      await this.spotify.close();
    });
  }

  /** Stores a session that is an hour old, whose access token lasts for `secondsLeft` more seconds. */
  keepSession(secondsLeft: number, different: Partial<StoredSession> = {}): StoredSession {
    const now = Date.now() / 1000;
    const session = sampleSession({
      client: ownClient(this.app.clientId),
      token: { ...this.spotify.tokens.issue(this.alva, this.app), expiresAt: now + secondsLeft },
      consentedAt: now - 3600,
      ...different,
    });
    this.machine.keep(session);
    return session;
  }

  open(options: Partial<WindowOptions> = {}): Promise<Window> {
    return this.machine.open({ accountsUrl: this.spotify.accountsUrl, ...options });
  }

  openAll(count: number): Promise<Window[]> {
    return Promise.all(Array.from({ length: count }, () => this.open()));
  }

  /** How many refresh requests the stand-in has received. */
  get refreshes(): number {
    return this.spotify.requests.count('token', 'refresh_token');
  }

  /** Resolves when the stand-in has received `count` refresh requests. */
  async refreshed(count: number): Promise<void> {
    await until(() => this.refreshes >= count);
  }

  /** Makes all lock files old, as if their holders slept. Call it again after a holder has renewed its file. */
  ageLocks(): void {
    for (const name of readdirSync(this.machine.folder)) {
      if (name.endsWith('.lock')) utimesSync(path.join(this.machine.folder, name), 0, 0);
    }
  }
}
