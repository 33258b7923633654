import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';

/**
 * Keeps the context key by which the palette offers what needs somebody signed in. It reads
 * nothing by itself: VS Code asks for the sessions as soon as the provider is registered.
 */
export function watchSignedIn(store: SessionStore, log: Log): { dispose(): void } {
  let told: boolean | undefined;
  const tell = async () => {
    const isSignedIn = (await store.list()).length > 0;
    if (isSignedIn === told) return;
    told = isSignedIn;
    const key = 'spotify-authentication.signedIn';
    await vscode.commands.executeCommand('setContext', key, isSignedIn);
  };
  const update = () => {
    tell().catch((error: unknown) =>
      log.warn(`Who is signed in is unknown. ${describeError(error)}`),
    );
  };
  return store.watch({ loaded: update, changed: update });
}
