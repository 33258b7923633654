import * as vscode from 'vscode';

/** A sign-in that waits for a browser, and can be helped. */
export interface RunningSignIn {
  /** Copies the address of Spotify's page, for another browser. */
  copyLink(): void;
  /** Asks for the address that the browser ended on. */
  paste(): void;
  /** Asks what Spotify's page says, and does what mends that. */
  pageSays(): void;
  tryAnotherWay(): void;
}

/** The sign-ins that wait for a browser at the moment, for the commands that help them. */
export class RunningSignIns {
  readonly #running = new Map<number, RunningSignIn>();
  #last = 0;

  /** From now on the commands reach `signIn`, until it is disposed of. */
  add(signIn: RunningSignIn): { readonly id: number; dispose(): void } {
    const id = ++this.#last;
    this.#running.set(id, signIn);
    this.#tell();
    return {
      id,
      dispose: () => {
        this.#running.delete(id);
        this.#tell();
      },
    };
  }

  /** The one with this number, or the one that began last. */
  find(id?: unknown): RunningSignIn | undefined {
    return typeof id === 'number' ? this.#running.get(id) : [...this.#running.values()].at(-1);
  }

  /** The palette shows the commands only then. */
  #tell(): void {
    const isRunning = this.#running.size > 0;
    void vscode.commands.executeCommand(
      'setContext',
      'spotify-authentication.signingIn',
      isRunning,
    );
  }
}
