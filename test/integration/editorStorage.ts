import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseSession, type StoredSession } from '../../src/sessions/storedSession.ts';
import { FakeSecrets } from '../unit/sessions/fakeSecrets.ts';
import { FakeMemento } from '../unit/sessions/fakeWindow.ts';

/** What the windows of an editor share, also after a restart: secrets, `globalState`, a folder. */
export class EditorStorage implements AsyncDisposable {
  readonly secrets = new FakeSecrets();
  readonly memory = new FakeMemento();
  readonly folder = mkdtempSync(path.join(tmpdir(), 'spotify-authentication-'));

  /** Every stored session. */
  records(): StoredSession[] {
    const sessions = [...this.secrets.stored]
      .filter(([key]) => key.startsWith('session:'))
      .map(([, text]) => parseSession(text));
    return sessions.filter((session) => typeof session === 'object');
  }

  /** The only stored session. Throws if there is none, or another one. */
  record(): StoredSession {
    const [session, ...others] = this.records();
    if (!session || others.length > 0) throw new Error('There is not exactly one stored session.');
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A refresh in the background may still be writing there.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
