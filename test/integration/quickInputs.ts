import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { replace } from './replace.ts';
import { ShownBox, ShownPick } from './shownInput.ts';

/**
 * Takes the place of the lists and boxes at the top of the editor, which nobody can see or answer
 * under test. As in the editor there is one at a time: what opens closes what is there.
 */
export class QuickInputs implements Disposable {
  readonly all: (ShownBox | ShownPick)[] = [];
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
  });

  /** The list or box that is open now. */
  get open(): ShownBox | ShownPick | undefined {
    return this.all.find(({ isOpen }) => isOpen);
  }

  /** The list that is open, as soon as one is. */
  pick(): Promise<ShownPick> {
    return eventually(() => this.open instanceof ShownPick && this.open);
  }

  /** The box that is open, as soon as one is. */
  box(): Promise<ShownBox> {
    return eventually(() => this.open instanceof ShownBox && this.open);
  }

  [Symbol.dispose](): void {
    this.open?.close();
    this.#replaced[Symbol.dispose]();
  }

  #open<T extends ShownBox | ShownPick>(input: T): T {
    for (const other of this.all) if (other !== input) other.close();
    this.all.push(input);
    return input;
  }
}
