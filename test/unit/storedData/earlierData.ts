import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';

/**
 * Reads a fixture. All but `settings.json`, which users write, were written by the code of commit
 * 1349bec. Never change them: sessions with such data exist on users' computers.
 */
export function fixture(name: string): Record<string, string> {
  const file = path.join(import.meta.dirname, 'fixtures', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** The SecretStorage that the earlier version has left. */
export function earlierSecrets(): FakeSecrets {
  const secrets = new FakeSecrets();
  for (const [key, text] of Object.entries(fixture('secrets'))) secrets.stored.set(key, text);
  return secrets;
}

/** The `globalState` that the earlier version has left. */
export async function earlierMemory(): Promise<FakeMemento> {
  const memory = new FakeMemento();
  for (const [key, value] of Object.entries(fixture('globalState'))) {
    await memory.update(key, value);
  }
  return memory;
}

/** A folder with the files of a fixture, which is deleted when the object is disposed of. */
export class EarlierFolder implements Disposable {
  readonly path = mkdtempSync(path.join(tmpdir(), 'earlier-'));

  constructor(name: 'sessionFiles' | 'noticeFiles') {
    for (const [file, text] of Object.entries(fixture(name))) {
      writeFileSync(path.join(this.path, file), text);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
