import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';

/**
 * Sets the context key that shows the commands for signed-in users in the palette. It updates the
 * key when the store has loaded the sessions and whenever they change. It does not start the
 * loading, because VS Code asks for the sessions as soon as the provider is registered.
 */
export function watchSignedIn(store: SessionStore, log: Log): { dispose(): void } {
  let lastValue: boolean | undefined;
  const setContext = async () => {
    const isSignedIn = (await store.list()).length > 0;
    if (isSignedIn === lastValue) return;
    lastValue = isSignedIn;
    const key = 'spotify-authentication.signedIn';
    await vscode.commands.executeCommand('setContext', key, isSignedIn);
  };
  const update = () => {
    setContext().catch((error: unknown) =>
      log.warn(`It is unknown whether an account is signed in. ${describeError(error)}`),
    );
  };
  return store.watch({ loaded: update, changed: update });
}
