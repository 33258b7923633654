import type { Page } from 'playwright-core';

/**
 * Waits until a window in a browser has stored a global value that contains `text`. VS Code stores
 * such values within five seconds; a reload before that would lose them.
 */
export async function untilStateIsStored(page: Page, text: string): Promise<void> {
  for (;;) {
    const values = await page.evaluate<unknown[]>(`(${VALUES})()`);
    if (values.some((value) => String(value).includes(text))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Code that runs in the page. It is a string, because the tests do not have the types of a page. */
const VALUES = `async () => {
  const resultOf = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const database = await resultOf(indexedDB.open('vscode-web-state-db-global'));
  const values = await resultOf(
    database.transaction('ItemTable').objectStore('ItemTable').getAll(),
  );
  database.close();
  return values;
}`;
