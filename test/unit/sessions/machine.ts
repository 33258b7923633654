import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { FakeSecrets } from './fakeSecrets.ts';
import { Window, type WindowOptions } from './fakeWindow.ts';

/** A computer: the secrets and the folder that its windows share. */
export class Machine {
  readonly secrets = new FakeSecrets();
  readonly folder = mkdtempSync(path.join(tmpdir(), 'sessions-'));
  readonly windows: Window[] = [];

  /** Opens a window, and has it read the sessions. */
  async open(options: Partial<WindowOptions> = {}): Promise<Window> {
    const window = new Window({
      secrets: this.secrets.window(),
      folder: this.folder,
      ...options,
    });
    this.windows.push(window);
    await window.store.all();
    return window;
  }

  /** Stores a record, as an earlier run would have. Only windows that are opened later see it. */
  keep(session: StoredSession): void {
    this.secrets.stored.set(`session:${session.id}`, serializeSession(session));
  }

  /** Resolves when every write has reached every window, and every window has handled its events. */
  async settled(): Promise<void> {
    let writes: number;
    do {
      writes = this.secrets.writes;
      await this.secrets.arrived();
      for (const { store } of this.windows) await store.reread('unknown');
    } while (this.secrets.writes !== writes);
  }

  close(): void {
    for (const { store } of this.windows) store.dispose();
    rmSync(this.folder, { recursive: true });
  }
}
