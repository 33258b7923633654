import * as vscode from 'vscode';

/** A sign-in that waits for a browser, and the help that it offers. */
export interface RunningSignIn {
  /** Copies the link to Spotify's page, for another browser. */
  copyLink(): void;
  /** Asks for the address that the browser ended on. */
  paste(): void;
  /** Asks what Spotify's page says, and does what helps then. */
  pageSays(): void;
  /** Asks for another flow, and starts again with it. */
  tryAnotherWay(): void;
}

/** The sign-ins of this window that wait for a browser. Commands find them here. */
export class RunningSignIns {
  readonly #running = new Map<number, RunningSignIn>();
  #last = 0;

  /** Lets commands find `signIn`, until the returned object is disposed. */
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

  /** The sign-in with this id; without an id, the one that began last. */
  find(id?: unknown): RunningSignIn | undefined {
    return typeof id === 'number' ? this.#running.get(id) : [...this.#running.values()].at(-1);
  }

  /** Sets the context key by which the palette shows the commands. */
  #setContextKey(): void {
    const isRunning = this.#running.size > 0;
    void vscode.commands.executeCommand(
      'setContext',
      'spotify-authentication.signingIn',
      isRunning,
    );
  }
}
