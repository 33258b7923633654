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
 * Makes every window that a browser context opens behave like one of the desktop editor where
 * sign-ins notice it: all windows share their secrets, `asExternalUri` makes links to the editor
 * (`code-oss://…&windowId=N`) that only the operating system can follow, loopback addresses stay
 * as they are, and extensions are told that this is a desktop editor. Nothing changes on disk: the
 * workbench's script is patched on its way.
 *
 * @returns the secrets of all these windows
 * @throws Error when this release of the workbench has no such places
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
 * Plays the operating system: hands a window of a desktop-like editor a `code-oss://…` link.
 * A link that is not trusted has the editor ask first, as the desktop does.
 *
 * @throws Error when the page is no such window
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
      // A window that is closed or loaded meanwhile reads everything when it comes back.
      fire.catch(() => undefined);
    },
  };
}
