import * as vscode from 'vscode';
import { replace } from './replace.ts';

type Task = Parameters<typeof vscode.window.withProgress>[1];

/** A link in a progress message: the command that it runs, and with what. */
export interface ProgressLink {
  readonly command: string;
  readonly argument: unknown;
}

/** The progress message of one task. */
export class RunningProgress {
  readonly title: string | undefined;
  /** Its texts, the latest last. */
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

  /** The labels of the links in its latest text. */
  get links(): string[] {
    return this.#links().map(([, text = '']) => text);
  }

  /** The link with this label in its latest text. */
  link(text: string): ProgressLink {
    const found = this.#links().find(([, other]) => other === text);
    if (!found) throw new Error(`There is no link “${text}” among: ${this.links.join(', ')}.`);
    const [, , command = '', query = ''] = found;
    const [argument] = JSON.parse(decodeURIComponent(query)) as unknown[];
    return { command, argument };
  }

  #links(): RegExpExecArray[] {
    return [...(this.said.at(-1) ?? '').matchAll(/\[([^\]]*)\]\(command:([^?)]*)\?([^)]*)\)/g)];
  }
}

/** Replaces the editor's progress messages, which cannot be cancelled under test. */
export class ShownProgress implements Disposable {
  readonly all: RunningProgress[] = [];
  readonly #replaced = replace(vscode.window, {
    withProgress: ({ title }: vscode.ProgressOptions, task: Task) => {
      const progress = new RunningProgress(title);
      this.all.push(progress);
      return progress.run(task);
    },
  });

  /** The message of the task that began last. */
  get latest(): RunningProgress {
    const progress = this.all.at(-1);
    if (!progress) throw new Error('No task has begun yet.');
    return progress;
  }

  [Symbol.dispose](): void {
    for (const progress of this.all) progress.cancel();
    this.#replaced[Symbol.dispose]();
  }
}
