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

/** A stand-in, where Alva has agreed to an app, and a computer; both anew for each test. */
export class RefreshScene {
  spotify!: Spotify;
  app!: App;
  alva!: User;
  machine!: Machine;

  /** To be called inside a suite, whose hooks it makes. */
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

  /** A session of an hour ago, stored, whose access token lasts for so many more seconds. */
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

  /** The requests that the stand-in has had. */
  get refreshes(): number {
    return this.spotify.requests.count('token', 'refresh_token');
  }

  /** Resolves when there have been so many requests. */
  async refreshed(count: number): Promise<void> {
    await until(() => this.refreshes >= count);
  }

  /** As though whoever holds a lock had gone to sleep, just now and for as long as this is called. */
  ageLocks(): void {
    for (const name of readdirSync(this.machine.folder)) {
      if (name.endsWith('.lock')) utimesSync(path.join(this.machine.folder, name), 0, 0);
    }
  }
}
