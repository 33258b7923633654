import type { SecretRequest } from './desktopLikeWindow.ts';

/** How late a desktop's window learns what another window has stored. */
const LAG_MS = 200;

/** A window that has been told a secret by another one. */
export interface SecretWindow {
  secretChanged(key: string): void;
}

/**
 * The secrets of all windows, as the desktop editor shares them: who writes reads it at once, the
 * others 200 ms later and with an event, and a window that loads has the latest of everything.
 */
export class DesktopSecrets {
  /** The latest of everything, by the workbench's key, which holds the extension's ID and key. */
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

  /** The window is closed: it hears of nothing more. */
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
    // The window has been closed, or loaded again and read all there was.
    if (this.#views.get(window) !== view) return;
    if (assign(view, key, value)) window.secretChanged(key);
  }
}

/** Returns whether that made a difference. */
function assign(view: Map<string, string>, key: string, value: string | undefined): boolean {
  const changes = view.get(key) !== value;
  if (value === undefined) view.delete(key);
  else view.set(key, value);
  return changes;
}
