import * as vscode from 'vscode';
import { redact } from './redact.ts';

/** A log. A line may name kinds and counts, but never contains a token, a code or a URL. */
export type Log = Pick<vscode.LogOutputChannel, 'debug' | 'info' | 'warn' | 'error'>;

/** A logged warning or error. */
export interface Problem {
  readonly at: Date;
  readonly level: 'warn' | 'error';
  /** The redacted line. */
  readonly text: string;
}

/** A log that the user can read. */
export interface ShownLog extends Log {
  /** The latest 20 warnings and errors of this window, the oldest first. */
  readonly problems: readonly Problem[];
  /** Shows the log to the user. */
  show(): void;
}

const MAX_PROBLEMS = 20;

/**
 * Writes redacted lines to an output channel. The first line creates the channel, because most
 * windows log nothing.
 */
export class LazyLog implements ShownLog, vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;
  #problems: readonly Problem[] = [];

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  debug(message: string): void {
    this.#open().debug(redact(message));
  }

  info(message: string): void {
    this.#open().info(redact(message));
  }

  warn(message: string): void {
    this.#open().warn(this.#remember('warn', redact(message)));
  }

  error(message: string): void {
    this.#open().error(this.#remember('error', redact(message)));
  }

  show(): void {
    this.#open().show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #remember(level: Problem['level'], text: string): string {
    this.#problems = [...this.#problems, { at: new Date(), level, text }].slice(-MAX_PROBLEMS);
    return text;
  }

  #open(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel('Spotify Authentication', { log: true });
    return this.#channel;
  }
}
