import * as vscode from 'vscode';
import { replace } from './replace.ts';

type Task = Parameters<typeof vscode.window.withProgress>[1];

/** A link in a progress message: the command that it runs, and with what. */
export interface ProgressLink {
  readonly command: string;
  readonly argument: unknown;
}

/** The message of one task that runs. */
export class RunningProgress {
  readonly title: string | undefined;
  /** What it has said, the latest last. */
  readonly said: string[] = [];
  isOver = false;
  readonly #source = new vscode.CancellationTokenSource();

  constructor(title: string | undefined) {
    this.title = title;
  }

  async run(task: Task): Promise<unknown> {
    const report = ({ message = '' }: { message?: string }) => void this.said.push(message);
    try {
      return await task({ report }, this.#source.token);
    } finally {
      this.isOver = true;
    }
  }

  /** Presses its Cancel button. */
  cancel(): void {
    this.#source.cancel();
  }

  /** The texts of the links in what it says now. */
  get links(): string[] {
    return this.#links().map(([, text = '']) => text);
  }

  /** The link with this text in what it says now. */
  link(text: string): ProgressLink {
    const found = this.#links().find(([, other]) => other === text);
    if (!found) throw new Error(`There is no link “${text}” but ${this.links.join(', ')}.`);
    const [, , command = '', query = ''] = found;
    const [argument] = JSON.parse(decodeURIComponent(query)) as unknown[];
    return { command, argument };
  }

  #links(): RegExpExecArray[] {
    return [...(this.said.at(-1) ?? '').matchAll(/\[([^\]]*)\]\(command:([^?)]*)\?([^)]*)\)/g)];
  }
}

/** Takes the place of the editor's progress messages, which nobody can see or cancel under test. */
export class ShownProgress implements Disposable {
  readonly all: RunningProgress[] = [];
  readonly #replaced = replace(vscode.window, {
    withProgress: ({ title }: vscode.ProgressOptions, task: Task) => {
      const progress = new RunningProgress(title);
      this.all.push(progress);
      return progress.run(task);
    },
  });

  /** The one that began last. */
  get latest(): RunningProgress {
    const progress = this.all.at(-1);
    if (!progress) throw new Error('Nothing has begun yet.');
    return progress;
  }

  [Symbol.dispose](): void {
    for (const progress of this.all) progress.cancel();
    this.#replaced[Symbol.dispose]();
  }
}
