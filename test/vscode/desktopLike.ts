import type { BrowserContext, Page } from 'playwright-core';
import {
  type DeliveredLink,
  type DesktopLikeWindow,
  installDesktopLikeWindow,
  type SecretRequest,
} from './desktopLikeWindow.ts';
import { DesktopSecrets, type SecretWindow } from './desktopSecrets.ts';
import type { ServerBuild } from './serverBuild.ts';
import {
  desktopLikeScript,
  type ExtensionHostPlace,
  WORKBENCH_SCRIPT,
} from './workbenchPatches.ts';

/**
 * Makes every window of a browser context behave like a window of the desktop editor, as far as a
 * sign-in depends on it: all windows share their secrets; `asExternalUri` returns links to the editor
 * (`code-oss://…&windowId=N`), which only the operating system can open, and does not change loopback
 * addresses; `env` tells extensions that this is a desktop editor. The workbench’s script is patched
 * on its way to the browser; nothing changes on disk.
 *
 * @returns the secrets, which all these windows share
 * @throws Error if a patch does not fit this release of the workbench
 */
export async function makeDesktopLike(
  context: BrowserContext,
  build: ServerBuild,
  place: ExtensionHostPlace,
): Promise<DesktopSecrets> {
  const body = await desktopLikeScript(build, place);
  await context.route(`**/${WORKBENCH_SCRIPT}`, (route) =>
    route.fulfill({ body, contentType: 'text/javascript' }),
  );
  const secrets = new DesktopSecrets();
  const windows = new Map<Page, SecretWindow>();
  await context.exposeBinding('desktopLikeSecrets', ({ page }, request: SecretRequest) => {
    const window = windows.get(page) ?? secretWindow(page);
    if (!windows.has(page)) page.once('close', () => secrets.forget(window));
    windows.set(page, window);
    return secrets.answer(window, request);
  });
  await context.addInitScript(installDesktopLikeWindow);
  return secrets;
}

/**
 * Passes a `code-oss://…` link to a window of a desktop-like editor, as the operating system does.
 * If the link is not trusted, the editor asks the user first, as on the desktop.
 *
 * @throws Error if the page is not a desktop-like window
 */
export async function deliverLink(page: Page, link: DeliveredLink): Promise<void> {
  await page.evaluate((delivered) => {
    const { desktopLike } = globalThis as unknown as { desktopLike: DesktopLikeWindow };
    desktopLike.open(delivered);
  }, link);
}

function secretWindow(page: Page): SecretWindow {
  return {
    secretChanged(key) {
      const fire = page.evaluate((changed) => {
        const { desktopLike } = globalThis as unknown as { desktopLike: DesktopLikeWindow };
        desktopLike.secretChanged(changed);
      }, key);
      // This fails if the window is closed or reloaded meanwhile; it then reads all secrets anyway.
      fire.catch(() => undefined);
    },
  };
}
