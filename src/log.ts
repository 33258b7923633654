import * as vscode from 'vscode';

/** What the rooms below write to: shapes and counts, never the value of a token, code or URL. */
export type Log = Pick<vscode.LogOutputChannel, 'debug' | 'info' | 'warn' | 'error'>;

/** The output channel, made with the first line: most windows never need it. */
export class LazyLog implements Log, vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  debug(message: string): void {
    this.#open().debug(message);
  }

  info(message: string): void {
    this.#open().info(message);
  }

  warn(message: string): void {
    this.#open().warn(message);
  }

  error(message: string): void {
    this.#open().error(message);
  }

  show(): void {
    this.#open().show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel('Spotify Authentication', { log: true });
    return this.#channel;
  }
}
