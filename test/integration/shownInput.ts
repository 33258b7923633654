import * as vscode from 'vscode';

/** The list that `showQuickPick` opens. */
export class ShownPick {
  title = '';
  labels: readonly string[] = [];
  details: readonly (string | undefined)[] = [];
  /** The labels of the items that are ticked from the start, in a list that takes several. */
  ticked: readonly string[] = [];
  isOpen = false;
  #items: readonly vscode.QuickPickItem[] = [];
  #takesMany = false;
  readonly #answer = Promise.withResolvers<unknown>();

  show(
    items: readonly vscode.QuickPickItem[],
    options: vscode.QuickPickOptions,
    token?: vscode.CancellationToken,
  ): Promise<unknown> {
    this.#items = items;
    this.#takesMany = options.canPickMany ?? false;
    this.title = options.title ?? '';
    this.labels = items.map(({ label }) => label);
    this.details = items.map(({ detail }) => detail);
    this.ticked = items.filter(({ picked }) => picked).map(({ label }) => label);
    this.isOpen = true;
    token?.onCancellationRequested(() => this.close());
    if (token?.isCancellationRequested) this.close();
    return this.#answer.promise;
  }

  /** Chooses the items with these labels, which closes the list. */
  choose(...labels: string[]): void {
    const chosen = labels.map((label) => {
      const item = this.#items.find((one) => one.label === label);
      if (!item) throw new Error(`There is no “${label}” among: ${this.labels.join(', ')}.`);
      return item;
    });
    this.isOpen = false;
    this.#answer.resolve(this.#takesMany ? chosen : chosen[0]);
  }

  close(): void {
    this.isOpen = false;
    this.#answer.resolve(undefined);
  }
}

/** The box that `showInputBox` or `createInputBox` opens. */
export class ShownBox {
  title: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  prompt: string | undefined;
  placeholder: string | undefined;
  value = '';
  busy = false;
  validationMessage: string | vscode.InputBoxValidationMessage | undefined;
  buttons: readonly vscode.QuickInputButton[] = [];
  isOpen = false;
  readonly #onOpen: (box: ShownBox) => void;
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly #pressed = new vscode.EventEmitter<vscode.QuickInputButton>();

  constructor(onOpen: (box: ShownBox) => void = () => undefined) {
    this.#onOpen = onOpen;
  }

  /** The box as `createInputBox` returns it. */
  asInputBox(): vscode.InputBox {
    return Object.assign(this as unknown as vscode.InputBox, {
      onDidChangeValue: this.#changed.event,
      onDidAccept: this.#accepted.event,
      onDidHide: this.#hidden.event,
      onDidTriggerButton: this.#pressed.event,
      show: () => {
        this.#onOpen(this);
        this.isOpen = true;
      },
      hide: () => this.close(),
      dispose: () => this.close(),
    });
  }

  /** Opens the box as `showInputBox` does. Resolves with the text; undefined if it is closed. */
  ask(
    options: vscode.InputBoxOptions = {},
    token?: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const { title, prompt, value = '' } = options;
    Object.assign(this, { title, prompt, value, isOpen: true });
    token?.onCancellationRequested(() => this.close());
    return new Promise((resolve) => {
      const check = () => options.validateInput?.(this.value) as string | undefined;
      this.#changed.event(() => (this.validationMessage = check()));
      this.#hidden.event(() => resolve(undefined));
      this.#accepted.event(() => {
        if (check()) return;
        resolve(this.value);
        this.close();
      });
    });
  }

  /** The message about the text in the box; empty if there is none. */
  get complaint(): string {
    const { validationMessage = '' } = this;
    return typeof validationMessage === 'string' ? validationMessage : validationMessage.message;
  }

  /** Replaces the text in the box. */
  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  /** Presses Enter. */
  accept(): void {
    this.#accepted.fire();
  }

  /** Presses a button of the title bar. */
  press(asked: vscode.QuickInputButton | string): void {
    const button = this.buttons.find((one) => one === asked || one.tooltip === asked);
    if (!button) throw new Error('The box has no such button.');
    this.#pressed.fire(button);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#hidden.fire();
  }
}
