import * as vscode from 'vscode';
import { replace } from './replace.ts';

/** What leaves the editor: what is copied, and the pages that open in a browser. */
export class Outside implements Disposable {
  /** What lies in the clipboard. */
  copied = '';
  /** Pages that were opened by whatever but the way back itself. */
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
