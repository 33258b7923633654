import * as vscode from 'vscode';

/** The help that a sign-in offers while it waits for the browser. */
export interface RunningSignIn {
  /** Opens Spotify's page once more, for example because the user has closed its tab. */
  openPageAgain(): void;
  /** Copies the link to Spotify's page. The user can open it in another browser. */
  copyLink(): void;
  /** Asks the user for the address that the browser shows at the end. */
  paste(): void;
  /** Asks the user what Spotify's page says, and corrects the mistake that the page names. */
  pageSays(): void;
  /** Asks the user for another flow, and starts the sign-in again with that flow. */
  tryAnotherWay(): void;
}

/**
 * The sign-ins of this window that wait for a browser. Commands find them here by an id that other
 * extensions can neither know nor guess: with the link of a sign-in, they could bring the answer of another
 * account.
 */
export class RunningSignIns {
  readonly #running = new Map<string, RunningSignIn>();

  /** Lets commands find `signIn` by the returned id, until the returned object is disposed of. */
  add(signIn: RunningSignIn): { readonly id: string; dispose(): void } {
    const id = crypto.randomUUID();
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

  /** The id of the sign-in that began last; undefined if there is none. */
  get latest(): string | undefined {
    return [...this.#running.keys()].at(-1);
  }

  /** Returns the sign-in with this id; undefined if there is none. */
  find(id = ''): RunningSignIn | undefined {
    return this.#running.get(id);
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
