import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseSession, type StoredSession } from '../../src/sessions/storedSession.ts';
import { FakeSecrets } from '../unit/sessions/fakeSecrets.ts';
import { FakeMemento } from '../unit/sessions/fakeWindow.ts';

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
