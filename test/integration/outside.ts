import * as vscode from 'vscode';
import { replace } from './replace.ts';

/** Replaces what is outside the editor: the clipboard and the browser. */
export class Outside implements Disposable {
  /** The text in the clipboard. */
  copied = '';
  /** The pages that `vscode.env.openExternal` opened. The page of a sign-in is in `TestWindow.opened`. */
  readonly opened: string[] = [];
  readonly #replaced = replace(vscode.env, {
    openExternal: (url: unknown) => {
      this.opened.push(String(url));
      return Promise.resolve(true);
    },
    clipboard: {
      readText: () => Promise.resolve(this.copied),
      writeText: (text: string) => {
        this.copied = text;
        return Promise.resolve();
      },
    },
  });

  [Symbol.dispose](): void {
    this.#replaced[Symbol.dispose]();
  }
}
