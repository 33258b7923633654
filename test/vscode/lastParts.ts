import type { Page } from 'playwright-core';

/**
 * Waits until a window has the last parts of the workbench, which VS Code adds when it is idle, and marks.
 * Until then it opens links without its question, and has no command for Sign Out of the Accounts menu.
 */
export async function waitForLastParts(page: Page): Promise<void> {
  const added = 'code/didCreateWorkbenchContributions/3';
  await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, added);
}
