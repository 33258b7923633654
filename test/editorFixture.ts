import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { example, out, vsix } from '../scripts/paths.ts';
import { borrowEditor, type SharedEditor } from './sharedEditors.ts';
import { addDemo, BROWSER_COOKIE, DEMO_CLIENT_ID, type Spotify } from './spotify/index.ts';
import { closeBrowserContext, newBrowserContext } from './vscode/browser.ts';
import { makeDesktopLike } from './vscode/desktopLike.ts';
import type { Settings } from './vscode/editorHome.ts';
import { LogFiles } from './vscode/logFiles.ts';
import { NEWEST_EDITOR, type ServerVersion } from './vscode/serverBuild.ts';
import type { ExtensionHostPlace } from './vscode/workbenchPatches.ts';
import { openWorkbench, type WorkbenchPage } from './vscode/workbenchPage.ts';

const OWN_ID = 'spotify-sdk.spotify-authentication';

/** The example's command, as the palette shows it. */
export const SHOW_PROFILE = 'Show My Spotify Profile';

/** The kind of the editor, and its settings. */
export interface EditorOptions {
  readonly version?: ServerVersion;
  /** The setting `spotify-authentication.clientId`; by default the demo app’s client ID. */
  readonly clientId?: string;
  /** Other user settings. */
  readonly settings?: Settings;
  /** The display language for extensions. The editor itself is always in English. */
  readonly language?: string;
  /** `.vsix` files and unpacked folders; by default our package and the example `profile`. */
  readonly extensions?: readonly string[];
  /**
   * Makes the windows behave like those of the desktop editor, with the extensions on the same or on
   * a remote machine: see `makeDesktopLike`. By default the windows are browser tabs of a server.
   */
  readonly desktopLike?: ExtensionHostPlace;
  /**
   * Makes our extension run in the browser, in a page of this host, such as `vscode.dev`. The relay
   * works there.
   */
  readonly pageHost?: string;
  /** The pixels of a screenshot for each CSS pixel; 1 by default. */
  readonly pixelRatio?: number;
}

/**
 * An editor that is started for the first time, with our .vsix and the example, and a stand-in for
 * Spotify with the demo app and its users. The stand-in answers under Spotify’s real host names, to
 * extensions in Node hosts and to the browser: see `realNames.ts` and `realHosts.ts` in `test/vscode`.
 */
export class Fixture {
  readonly spotify: Spotify;
  readonly workbench: WorkbenchPage;
  readonly context: BrowserContext;
  static readonly #open = new Set<Fixture>();
  readonly #editor: SharedEditor;
  readonly #logFiles: LogFiles;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    editor: SharedEditor,
    workbench: WorkbenchPage,
    logFiles: LogFiles,
    opened: AsyncDisposableStack,
  ) {
    this.#editor = editor;
    this.spotify = editor.spotify;
    this.workbench = workbench;
    this.context = workbench.page.context();
    this.#logFiles = logFiles;
    this.#opened = opened;
    Fixture.#open.add(this);
  }

  /**
   * Opens an editor. Tests use the same server and browser one after the other; the last one calls
   * `closeSharedEditors`. If the opening fails, everything that was opened is closed again.
   */
  static async open(options: EditorOptions = {}): Promise<Fixture> {
    const { version = NEWEST_EDITOR, extensions = [vsix, example] } = options;
    const { clientId = DEMO_CLIENT_ID, settings, pageHost } = options;
    await using opened = new AsyncDisposableStack();
    const editor = await borrowEditor({ version, extensions, pageHost });
    const { spotify, server } = editor;
    opened.defer(editor.giveBack);
    spotify.reset();
    addDemo(spotify);
    await server.reset({
      'spotify-authentication.clientId': clientId,
      ...(pageHost && { 'remote.extensionKind': { [OWN_ID]: ['web'] } }),
      ...settings,
    });
    const logFiles = await LogFiles.fromNowOn(server.logsDir);
    const context = await newBrowserContext(editor.browser, {
      deviceScaleFactor: options.pixelRatio ?? 1,
      proxy: editor.proxy,
    });
    opened.defer(() => closeBrowserContext(context));
    const { desktopLike, language } = options;
    // With a language pack, the server adds this variable to the page.
    if (language) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
    if (desktopLike) await makeDesktopLike(context, editor.build, desktopLike);
    const workbench = await openWorkbench(context, editor.url);
    return new Fixture(editor, workbench, logFiles, opened.move());
  }

  /** Runs the example's command, allows it to sign in, and returns the consent page. */
  async openConsentPage(): Promise<Page> {
    const { workbench } = this;
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.dialog.waitFor('wants to sign in using Spotify');
    return workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
  }

  /** Signs in with the example, and returns the tab with the page after Spotify’s. */
  async signIn(name: string): Promise<Page> {
    const tab = await this.openConsentPage();
    await agreeAs(tab, name);
    await this.workbench.notifications.waitFor(`Spotify knows you as ${name}.`);
    return tab;
  }

  /** Signs the account out in the Accounts menu. */
  async signOut(name: string): Promise<void> {
    const { accounts, dialog } = this.workbench;
    await accounts.open();
    await accounts.openSubmenu(`${name} (Spotify)`);
    await accounts.click('Sign Out');
    await dialog.clickButton('Sign Out');
  }

  /** Agrees on the consent page, and returns the URL of the redirect, even if it leads nowhere. */
  async agreeForRedirect(consentPage: Page, name: string): Promise<string> {
    const before = this.spotify.requests.count('consent');
    await clickAgree(consentPage, name);
    for (;;) {
      const { location } = this.spotify.requests.to('consent')[before] ?? {};
      if (location) return location;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Agrees as a user on another device, and returns the URL of the redirect. */
  async agreeElsewhere(link: string, user = 'alva'): Promise<string> {
    const { behaviour, accountsUrl } = this.spotify;
    behaviour.consent = { agreeAs: user };
    const played = link.replace('https://accounts.spotify.com', accountsUrl);
    const { headers } = await fetch(played, { redirect: 'manual' });
    behaviour.consent = 'ask';
    return headers.get('location') ?? '';
  }

  /** Makes the browser signed in to Spotify as this user, who has approved the demo app before. */
  async signBrowserIn(userId: string, scope: readonly string[]): Promise<void> {
    const { users, apps, tokens, browsers } = this.spotify;
    const [user, app] = [users.get(userId), apps.get(DEMO_CLIENT_ID)];
    if (!user || !app) throw new Error(`The stand-in has no user ${userId}.`);
    const value = '0'.repeat(32);
    browsers.set(value, user);
    tokens.authorize(user, app, scope);
    const url = 'https://accounts.spotify.com';
    await this.context.addCookies([{ name: BROWSER_COOKIE, value, url }]);
  }

  /**
   * Sets environment variables of the Node extension hosts, until the editor is closed or this is called
   * again. A window gets them when it is reloaded.
   */
  setEnvironment(variables: Readonly<Record<string, string>>): void {
    this.#editor.setEnvironment(variables);
  }

  /** Opens another window with the same user data. */
  async openWindow(): Promise<WorkbenchPage> {
    return openWorkbench(this.context, this.workbench.page.url());
  }

  /** The log of this editor and its extensions so far. */
  async logs(): Promise<string> {
    return this.#logFiles.text();
  }

  /** Describes the open windows and tabs, with the end of our log, and takes screenshots of them. */
  static async describeOpen(title: string): Promise<string> {
    const lines: string[] = [];
    for (const fixture of Fixture.#open) {
      for (const page of fixture.context.pages()) {
        const file = path.join(out, 'failed', `${title} ${lines.length}.png`);
        await page.screenshot({ path: file, timeout: 5000 }).catch(() => undefined);
        lines.push(`${new URL(page.url()).host}: ${await textOf(page)}`);
      }
      const log = (await fixture.logs())
        .split('\n')
        .filter((line) => /^.{0,99}spotify/i.test(line));
      lines.push(...log.slice(-15));
    }
    return lines.map((line) => `      | ${line}`).join('\n');
  }

  /** Closes all windows. The next test gets the editor without their data. */
  async close(): Promise<void> {
    Fixture.#open.delete(this);
    await this.#opened.disposeAsync();
  }
}

/** The dialogs, lists and notifications of a window, or the whole text of another page. */
async function textOf(page: Page): Promise<string> {
  const asking = page.locator(
    '.monaco-dialog-box:visible, .quick-input-widget:visible, .notification-list-item:visible',
  );
  const isEditor = (await page.locator('.monaco-workbench').count()) > 0;
  const texts = await (isEditor ? asking : page.locator('body')).allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ')).join(' ‖ ');
}

/** Agrees on the consent page, and waits for our page that follows. */
export async function agreeAs(consentPage: Page, name: string): Promise<void> {
  await clickAgree(consentPage, name);
  await consentPage.waitForURL('**/done');
}

/** Chooses a user on the consent page, and clicks Agree. */
export async function clickAgree(consentPage: Page, name: string): Promise<void> {
  await consentPage.getByLabel(name).check();
  await consentPage.getByRole('button', { name: 'Agree' }).click();
}
