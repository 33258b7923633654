import * as vscode from 'vscode';

/** The help that a sign-in offers while it waits for the browser. */
export interface RunningSignIn {
  /** Copies the link to Spotify's page. The user can open it in another browser. */
  copyLink(): void;
  /** Asks the user for the address that the browser shows at the end. */
  paste(): void;
  /** Asks the user what Spotify's page says, and corrects the mistake that the page names. */
  pageSays(): void;
  /** Asks the user for another flow, and starts the sign-in again with that flow. */
  tryAnotherWay(): void;
}

/** The sign-ins of this window that wait for a browser. Commands find them here. */
export class RunningSignIns {
  readonly #running = new Map<number, RunningSignIn>();
  #last = 0;

  /** Lets commands find `signIn` by the returned id, until the returned object is disposed of. */
  add(signIn: RunningSignIn): { readonly id: number; dispose(): void } {
    const id = ++this.#last;
    this.#running.set(id, signIn);
    this.#setContextKey();
    return {
      id,
      dispose: () => {
        this.#running.delete(id);
        this.#setContextKey();
      },
    };
  }

  /**
   * Returns the sign-in with this id. Without an id, returns the one that began last. Undefined if
   * there is none.
   */
  find(id?: unknown): RunningSignIn | undefined {
    return typeof id === 'number' ? this.#running.get(id) : [...this.#running.values()].at(-1);
  }

  /** Sets the context key that shows the commands for a running sign-in in the palette. */
  #setContextKey(): void {
    const isRunning = this.#running.size > 0;
    const key = 'spotify-authentication.signingIn';
    const set = vscode.commands.executeCommand('setContext', key, isRunning);
    // If VS Code refuses, only the palette lacks the commands.
    set.then(undefined, () => undefined);
  }
}
