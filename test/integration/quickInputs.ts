import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { replace } from './replace.ts';
import { ShownBox, ShownPick } from './shownInput.ts';
import { ShownList } from './shownList.ts';

type Shown = ShownBox | ShownPick | ShownList;

/**
 * Replaces the editor's lists and input boxes, which cannot be answered under test. As in the editor,
 * only one is open at a time: opening another closes it.
 */
export class QuickInputs implements Disposable {
  readonly all: Shown[] = [];
  readonly #replaced = replace(vscode.window, {
    showQuickPick: (...asked: Parameters<typeof ShownPick.prototype.show>) => {
      const pick = this.#open(new ShownPick());
      return pick.show(...asked);
    },
    showInputBox: (options?: vscode.InputBoxOptions, token?: vscode.CancellationToken) => {
      const box = this.#open(new ShownBox());
      return box.ask(options, token);
    },
    createInputBox: () => new ShownBox((box) => this.#open(box)).asInputBox(),
    createQuickPick: () => new ShownList((list) => this.#open(list)).asQuickPick(),
  });

  /** The list or box that is open now. */
  get open(): Shown | undefined {
    return this.all.find(({ isOpen }) => isOpen);
  }

  /** The list that is open, as soon as one is. */
  pick(): Promise<ShownPick> {
    return eventually(() => this.open instanceof ShownPick && this.open);
  }

  /** The list of `createQuickPick` with this title, as soon as it is open. */
  list(title: string): Promise<ShownList> {
    const isIt = (open = this.open) => open instanceof ShownList && open.title === title && open;
    return eventually(isIt);
  }

  /** The box that is open, as soon as one is. */
  box(): Promise<ShownBox> {
    return eventually(() => this.open instanceof ShownBox && this.open);
  }

  [Symbol.dispose](): void {
    this.open?.close();
    this.#replaced[Symbol.dispose]();
  }

  #open<T extends Shown>(input: T): T {
    for (const other of this.all) if (other !== input) other.close();
    this.all.push(input);
    return input;
  }
}
