import { setTimeout as sleep } from 'node:timers/promises';

/** A browser without a window on the screen. */
export interface TabBrowser {
  newTab(): Promise<Tab>;
  /** Ends the browser and deletes its profile. */
  close(): Promise<void>;
}

/** A tab, with what a user does there during a sign-in. */
export interface Tab {
  /** Begins to load a page, as the address bar does. */
  open(url: string): Promise<void>;
  /** Clicks the middle of the first element. Rejects if there is none. */
  click(selector: string): Promise<void>;
  /** Goes back to the page before. */
  back(): Promise<void>;
  /** Returns what the address bar holds, also while it shows a page of the browser’s own. */
  address(): Promise<string>;
  /** Returns the value of a JavaScript expression. Rejects while the tab changes its page. */
  evaluate(expression: string): Promise<unknown>;
}

/** Returns a click on an element as WebDriver and WebDriver BiDi write it. */
export function mouseClick(origin: unknown): object {
  const actions = [
    { type: 'pointerMove', x: 0, y: 0, origin },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  return { type: 'pointer', id: 'mouse', actions };
}

const SEEN_WITHIN_MS = 15_000;

/** Resolves when the tab’s page contains this text. */
export async function shows(tab: Tab, text: string): Promise<void> {
  const shown = () => tab.evaluate('document.body.innerText');
  await until(shown, (seen) => String(seen).includes(text), text);
}

/** Resolves when the tab shows an element of this selector. */
export async function has(tab: Tab, selector: string): Promise<void> {
  const found = () => tab.evaluate(`document.querySelector('${selector}') !== null`);
  await until(found, (isFound) => isFound === true, selector);
}

/** Resolves with the tab’s address as soon as it matches. */
export async function addressOf(tab: Tab, pattern: RegExp): Promise<string> {
  return until(
    () => tab.address(),
    (address) => pattern.test(address),
    String(pattern),
  );
}

/**
 * Repeats a look at a tab, which may reject while the tab changes its page, until it sees what it should.
 * @throws Error after 15 seconds, with what it saw last
 */
async function until<T>(
  look: () => Promise<T>,
  isSeen: (seen: T) => boolean,
  expected: string,
): Promise<T> {
  const deadline = performance.now() + SEEN_WITHIN_MS;
  for (;;) {
    const seen = await look().catch((error: unknown) => String(error));
    if (isSeen(seen as T)) return seen as T;
    if (performance.now() > deadline) {
      throw new Error(`The tab has ${String(seen)} instead of ${expected}.`);
    }
    await sleep(20);
  }
}
