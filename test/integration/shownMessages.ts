import * as vscode from 'vscode';

/** A message that a person was shown. */
export interface ShownMessage {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  /** What a modal one says below its text; undefined for one that is not modal. */
  readonly detail: string | undefined;
  readonly buttons: readonly string[];
  /** Presses the button, or closes the message without one. */
  answer(button?: string): void;
}

const GREETING = /^You are signed in to Spotify as [^.]+\.$/;

type Item = string | vscode.MessageItem;
type Show = (text: string, ...rest: unknown[]) => Promise<Item | undefined>;

/**
 * Takes the place of the editor's messages, which nobody can see or answer under test. The suites
 * and the extension share one `vscode.window`, since one folder holds both.
 */
export class ShownMessages implements Disposable {
  /** All but the `greetings`. */
  readonly all: ShownMessage[] = [];
  /** What follows every sign-in: who is signed in now. */
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
