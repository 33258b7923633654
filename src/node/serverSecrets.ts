import type { SecretStorage } from 'vscode';
import { keyAt } from '../common/testServer.ts';

/**
 * Returns the part of SecretStorage with the sessions and client secrets of one accounts server. What
 * other servers have issued is neither listed nor read, changed or deleted there.
 * @param testServer Origin of the test server; undefined for Spotify, whose secrets have the keys that
 * they had before there were several servers.
 */
export function serverSecrets(
  secrets: SecretStorage,
  testServer: string | undefined,
): SecretStorage {
  if (testServer === undefined) return secrets;
  const prefix = keyAt(testServer, '');
  const ownKey = (key: string) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []);
  return {
    keys: async () => (await secrets.keys()).flatMap(ownKey),
    get: (key) => secrets.get(prefix + key),
    store: (key, value) => secrets.store(prefix + key, value),
    delete: (key) => secrets.delete(prefix + key),
    onDidChange: (listener) =>
      secrets.onDidChange((change) => {
        for (const key of ownKey(change.key)) listener({ key });
      }),
  };
}
