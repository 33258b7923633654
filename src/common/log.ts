import * as vscode from 'vscode';
import { redact } from './redact.ts';

/** What the rooms below write to: shapes and counts, never the value of a token, code or URL. */
export type Log = Pick<vscode.LogOutputChannel, 'debug' | 'info' | 'warn' | 'error'>;

/** A warning or an error, as it was logged. */
export interface Problem {
  readonly at: Date;
  readonly level: 'warn' | 'error';
  readonly text: string;
}

/** The log as a person can look into it. */
export interface ShownLog extends Log {
  /** The latest warnings and errors of this window, the oldest first. */
  readonly problems: readonly Problem[];
  show(): void;
}

/** How many problems are remembered. */
const MEMORY = 20;

/** The output channel, made with the first line: most windows never need it. */
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
    this.#problems = [...this.#problems, { at: new Date(), level, text }].slice(-MEMORY);
    return text;
  }

  #open(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel('Spotify Authentication', { log: true });
    return this.#channel;
  }
}
