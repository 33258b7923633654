import type { SecretRequest } from './desktopLikeWindow.ts';

/** How long a write takes to reach the other windows of the desktop editor, in milliseconds. */
const LAG_MS = 200;

/** A window that receives the secrets of other windows. */
export interface SecretWindow {
  secretChanged(key: string): void;
}

/**
 * The secrets of all windows, as the desktop editor shares them. A window reads its own writes at
 * once; the others read them 200 ms later, and get an event. At its load a window reads all secrets.
 */
export class DesktopSecrets {
  /** The latest values, by the workbench’s key, which contains the extension’s id and its key. */
  readonly stored = new Map<string, string>();
  readonly #views = new Map<SecretWindow, Map<string, string>>();

  answer(window: SecretWindow, { action, key = '', value }: SecretRequest): unknown {
    const view = this.#views.get(window) ?? new Map(this.stored);
    switch (action) {
      case 'open':
        this.#views.set(window, new Map(this.stored));
        return undefined;
      case 'get':
        return view.get(key);
      case 'keys':
        return [...view.keys()];
      case 'set':
      case 'delete':
        this.#write(window, key, value);
        return undefined;
    }
  }

  /** To be called when a window is closed. It gets no more events. */
  forget(window: SecretWindow): void {
    this.#views.delete(window);
  }

  #write(writer: SecretWindow, key: string, value: string | undefined): void {
    assign(this.stored, key, value);
    for (const [window, view] of this.#views) {
      if (window === writer) assign(view, key, value);
      else setTimeout(() => this.#arrive(window, view, key, value), LAG_MS);
    }
  }

  #arrive(
    window: SecretWindow,
    view: Map<string, string>,
    key: string,
    value: string | undefined,
  ): void {
    // The window was closed, or reloaded, which has read all secrets.
    if (this.#views.get(window) !== view) return;
    if (assign(view, key, value)) window.secretChanged(key);
  }
}

/** Sets or deletes a value. Returns whether the value has changed. */
function assign(view: Map<string, string>, key: string, value: string | undefined): boolean {
  const changes = view.get(key) !== value;
  if (value === undefined) view.delete(key);
  else view.set(key, value);
  return changes;
}
