import * as vscode from 'vscode';

/** A message that the extension has shown. */
export interface ShownMessage {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  /** The second text of a modal message; undefined if the message is not modal. */
  readonly detail: string | undefined;
  readonly buttons: readonly string[];
  /** Presses the button, or closes the message without one. */
  answer(button?: string): void;
}

const GREETING = /^You are signed in to Spotify as [^.]+\.$/;

type Item = string | vscode.MessageItem;
type Show = (text: string, ...rest: unknown[]) => Promise<Item | undefined>;

/**
 * Replaces the editor's messages, which cannot be answered under test. The tests and the extension
 * share one `vscode.window`, because one folder holds both.
 */
export class ShownMessages implements Disposable {
  /** All messages except the greetings. */
  readonly all: ShownMessage[] = [];
  /** The messages after each sign-in, which name the account. */
  readonly greetings: ShownMessage[] = [];
  readonly #window = vscode.window as unknown as Record<string, Show>;
  readonly #replaced = {
    showInformationMessage: this.#window['showInformationMessage'],
    showWarningMessage: this.#window['showWarningMessage'],
    showErrorMessage: this.#window['showErrorMessage'],
  };

  constructor() {
    const recorders = {
      showInformationMessage: this.#recorder('information'),
      showWarningMessage: this.#recorder('warning'),
      showErrorMessage: this.#recorder('error'),
    };
    Object.assign(this.#window, recorders);
    if (vscode.window.showWarningMessage !== (recorders.showWarningMessage as unknown)) {
      throw new Error('The editor does not let its messages be replaced.');
    }
  }

  get texts(): string[] {
    return this.all.map(({ text }) => text);
  }

  /** The message whose text matches, as soon as it is shown. */
  async waitFor(text: RegExp): Promise<ShownMessage> {
    for (;;) {
      const found = [...this.all, ...this.greetings].find((message) => text.test(message.text));
      if (found) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  [Symbol.dispose](): void {
    Object.assign(this.#window, this.#replaced);
    for (const message of [...this.all, ...this.greetings]) message.answer();
  }

  #recorder(severity: ShownMessage['severity']): Show {
    return (text, ...rest) =>
      new Promise((resolve) => {
        const items = rest.filter((one): one is Item => typeof one === 'string' || isItem(one));
        const label = (item: Item) => (typeof item === 'string' ? item : item.title);
        const answer = (button?: string) => resolve(items.find((item) => label(item) === button));
        const { modal, detail = '' } = (rest[0] ?? {}) as vscode.MessageOptions;
        const says = { severity, text, detail: modal ? detail : undefined };
        const list = GREETING.test(text) ? this.greetings : this.all;
        list.push({ ...says, buttons: items.map(label), answer });
      });
  }
}

function isItem(value: unknown): value is vscode.MessageItem {
  return typeof value === 'object' && value !== null && 'title' in value;
}
