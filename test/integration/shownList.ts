import * as vscode from 'vscode';

/** The list that `createQuickPick` returns. It stays open until the extension closes it. */
export class ShownList {
  title = '';
  placeholder = '';
  step: number | undefined;
  totalSteps: number | undefined;
  activeItems: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  buttons: readonly vscode.QuickInputButton[] = [];
  ignoreFocusOut = false;
  busy = false;
  isOpen = false;
  #items: readonly vscode.QuickPickItem[] = [];
  readonly #onOpen: (list: ShownList) => void;
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly #pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
  readonly #itemPressed = new vscode.EventEmitter<unknown>();

  constructor(onOpen: (list: ShownList) => void) {
    this.#onOpen = onOpen;
  }

  asQuickPick(): vscode.QuickPick<vscode.QuickPickItem> {
    return Object.assign(this as unknown as vscode.QuickPick<vscode.QuickPickItem>, {
      onDidAccept: this.#accepted.event,
      onDidHide: this.#hidden.event,
      onDidTriggerButton: this.#pressed.event,
      onDidTriggerItemButton: this.#itemPressed.event,
      show: () => {
        this.#onOpen(this);
        this.isOpen = true;
      },
      hide: () => this.close(),
      dispose: () => this.close(),
    });
  }

  get items(): readonly vscode.QuickPickItem[] {
    return this.#items;
  }

  set items(items: readonly vscode.QuickPickItem[]) {
    this.#items = items;
    this.activeItems = items.slice(0, 1);
  }

  get labels(): string[] {
    return this.items.map(({ label }) => label);
  }

  get details(): (string | undefined)[] {
    return this.items.map(({ detail }) => detail);
  }

  /** Goes to the item and presses Enter. */
  choose(label: string): void {
    this.selectedItems = this.activeItems = [this.item(label)];
    this.#accepted.fire();
  }

  /** Presses a button of the title bar. */
  press(button: vscode.QuickInputButton | string): void {
    this.#pressed.fire(typeof button === 'string' ? named(this.buttons, button) : button);
  }

  /** Presses a button of an item. */
  pressItem(label: string, tooltip: string): void {
    const item = this.item(label);
    this.#itemPressed.fire({ item, button: named(item.buttons ?? [], tooltip) });
  }

  item(label: string): vscode.QuickPickItem {
    const found = this.items.find((item) => item.label === label);
    if (!found) throw new Error(`There is no “${label}” among: ${this.labels.join(', ')}.`);
    return found;
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#hidden.fire();
  }
}

function named(
  buttons: readonly vscode.QuickInputButton[],
  tooltip: string,
): vscode.QuickInputButton {
  const found = buttons.find((button) => button.tooltip === tooltip);
  if (!found) throw new Error(`There is no button “${tooltip}”.`);
  return found;
}
