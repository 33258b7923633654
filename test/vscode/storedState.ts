import type { Page } from 'playwright-core';

/**
 * Waits until a window in a browser has stored a value for all of them that contains this, as it does
 * within five seconds: what a reload comes too early for is forgotten.
 */
export async function untilStateIsStored(page: Page, text: string): Promise<void> {
  for (;;) {
    const values = await page.evaluate<unknown[]>(`(${VALUES})()`);
    if (values.some((value) => String(value).includes(text))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Runs in the page, of whose types the tests know nothing. */
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
