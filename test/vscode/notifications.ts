import type { Locator, Page } from 'playwright-core';

/** The toasts in the corner of the window. Toasts without buttons disappear after some seconds. */
export class Notifications {
  readonly #page: Page;
  readonly #toasts: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#toasts = page.locator('.notifications-toasts .notification-list-item');
  }

  /** The texts of the visible toasts, the newest first. */
  async texts(): Promise<string[]> {
    return this.#toasts.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Waits for a notification whose text matches, and returns its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    await this.#page.bringToFront();
    const toast = this.#message(text);
    // For screen readers, VS Code says every notification. It shows three toasts in 0.8 s at most.
    const said = this.#page.locator('.monaco-alert', { hasText: text });
    // Toasts without buttons disappear sooner, and all of ours appear sooner.
    await Promise.race([appears(toast, 20_000), appears(said.first(), 20_000)]);
    // It stays in the page, and must not count as the next one.
    await said.evaluateAll((all: { textContent: string }[]) => {
      for (const one of all) one.textContent = '';
    });
    return (await appears(toast, 1_000)) ? toast.innerText() : this.#waitInCentre(text);
  }

  /** Looks in the notification centre, which also has toasts that disappeared or were not shown. */
  async #waitInCentre(text: string | RegExp): Promise<string> {
    const bell = this.#page.locator('[id="status.notifications"]');
    await bell.click();
    const found = this.#page.locator('.notifications-center .notification-list-item-message', {
      hasText: text,
    });
    const shown = await found.first().innerText();
    await bell.click();
    return shown;
  }

  /** Closes a toast, unless it disappears by itself. It moves away from the mouse when another comes or goes. */
  async close(text: string | RegExp): Promise<void> {
    await this.#page.bringToFront();
    const toast = this.#toast(text);
    const button = toast.getByRole('button', { name: /^Clear Notification/ });
    const click = async () => {
      await toast.hover({ timeout: 1000 });
      await button.click({ timeout: 1000 });
      await toast.waitFor({ state: 'detached', timeout: 1000 });
    };
    while (await toast.isVisible()) await click().catch(() => undefined);
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.#message(text).waitFor({ state: 'detached' });
  }

  async buttons(text: string | RegExp): Promise<string[]> {
    await this.#message(text).waitFor();
    return this.#toast(text).locator('.monaco-text-button').allInnerTexts();
  }

  async clickButton(text: string | RegExp, name: string): Promise<void> {
    await this.#page.bringToFront();
    await this.#toast(text).getByRole('button', { name, exact: true }).click();
  }

  /** Follows a link in the text of a notification. */
  async clickLink(text: string | RegExp, name: string): Promise<void> {
    await this.#page.bringToFront();
    await this.#toast(text).getByRole('link', { name, exact: true }).click();
  }

  #toast(text: string | RegExp): Locator {
    return this.#toasts.filter({ hasText: text }).first();
  }

  #message(text: string | RegExp): Locator {
    return this.#toasts.locator('.notification-list-item-message', { hasText: text }).first();
  }
}

/** Whether the element is in the page within `withinMs` milliseconds. */
const appears = (element: Locator, withinMs: number): Promise<boolean> =>
  element.waitFor({ state: 'attached', timeout: withinMs }).then(
    () => true,
    () => false,
  );
