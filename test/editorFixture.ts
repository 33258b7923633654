import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { example, out, vsix } from '../scripts/paths.ts';
import { borrowEditor, realNamesOf } from './sharedEditors.ts';
import { addDemo, DEMO_CLIENT_ID, type Spotify } from './spotify/index.ts';
import { closeBrowserContext, newBrowserContext } from './vscode/browser.ts';
import { makeDesktopLike } from './vscode/desktopLike.ts';
import type { Settings } from './vscode/editorHome.ts';
import { LogFiles } from './vscode/logFiles.ts';
import { playRealNames } from './vscode/realNames.ts';
import { NEWEST_EDITOR, type ServerVersion } from './vscode/serverBuild.ts';
import type { ExtensionHostPlace } from './vscode/workbenchPatches.ts';
import { openWorkbench, type WorkbenchPage } from './vscode/workbenchPage.ts';

const OWN_ID = 'spotify-sdk.spotify-authentication';

/** The example's command, as the palette shows it. */
export const SHOW_PROFILE = 'Show My Spotify Profile';

/** How the editor is to be. */
export interface EditorOptions {
  readonly version?: ServerVersion;
  /** `spotify-authentication.clientId`; the demo app's unless told. */
  readonly clientId?: string;
  /** Other user settings. */
  readonly settings?: Settings;
  /** The display language of its extensions; the editor has words of its own in English only. */
  readonly language?: string;
  /** `.vsix` files and unpacked folders; our package and the example unless told. */
  readonly extensions?: readonly string[];
  /**
   * Has its windows behave like the desktop editor's, with the extensions beside it or on a remote
   * machine: see `makeDesktopLike`. By default it is a server whose windows are a browser's tabs.
   */
  readonly desktopLike?: ExtensionHostPlace;
  /**
   * Whether the stand-in also answers as `https://api.spotify.com`: to what extensions fetch in the
   * extension hosts of Node, and to all that is fetched in the browser. See `test/vscode/realNames.ts`.
   */
  readonly realNames?: boolean;
  /**
   * Has our extension run in the browser itself, in a page of this host: `vscode.dev`. The relay is
   * played there, and the stand-in is Spotify by its real names.
   */
  readonly pageHost?: string;
}

/**
 * An editor as a person has it who starts it for the first time, with our .vsix and the example,
 * and a stand-in for Spotify that knows the demo app and its users.
 */
export class Fixture {
  readonly spotify: Spotify;
  readonly workbench: WorkbenchPage;
  readonly context: BrowserContext;
  static readonly #open = new Set<Fixture>();
  readonly #logFiles: LogFiles;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    spotify: Spotify,
    workbench: WorkbenchPage,
    logFiles: LogFiles,
    opened: AsyncDisposableStack,
  ) {
    this.spotify = spotify;
    this.workbench = workbench;
    this.context = workbench.page.context();
    this.#logFiles = logFiles;
    this.#opened = opened;
    Fixture.#open.add(this);
  }

  /**
   * The server and the browser are shared with other tests, one after the other: who ends the
   * process calls `closeSharedEditors`. What is open already is closed again when something else
   * cannot be opened.
   */
  static async open(options: EditorOptions = {}): Promise<Fixture> {
    const { version = NEWEST_EDITOR, extensions = [vsix, example] } = options;
    const { clientId = DEMO_CLIENT_ID, settings, realNames = false, pageHost } = options;
    await using opened = new AsyncDisposableStack();
    const editor = await borrowEditor({ version, extensions, realNames, pageHost });
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
    const context = await newBrowserContext(editor.browser);
    opened.defer(() => closeBrowserContext(context));
    const { desktopLike, language } = options;
    if (realNames && !pageHost) await playRealNames(context, realNamesOf(spotify));
    // A language pack makes the server put this into the page.
    if (language) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
    if (desktopLike) await makeDesktopLike(context, editor.build, desktopLike);
    const workbench = await openWorkbench(context, editor.url);
    return new Fixture(spotify, workbench, logFiles, opened.move());
  }

  /** Runs the example's command, allows it to sign in, and returns the consent page. */
  async openConsentPage(): Promise<Page> {
    const { workbench } = this;
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.dialog.waitFor('wants to sign in using Spotify');
    return workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
  }

  /** Signs in as a person does, and returns the tab it ended on. */
  async signIn(name: string): Promise<Page> {
    const tab = await this.openConsentPage();
    await agreeAs(tab, name);
    await this.workbench.notifications.waitFor(`Spotify knows you as ${name}.`);
    return tab;
  }

  /** Signs the account out as a person does, in the Accounts menu. */
  async signOut(name: string): Promise<void> {
    const { accounts, dialog } = this.workbench;
    await accounts.open();
    await accounts.openSubmenu(`${name} (Spotify)`);
    await accounts.click('Sign Out');
    await dialog.clickButton('Sign Out');
  }

  /** Answers the consent page with yes, and returns the address it leads to, whatever is there. */
  async agreeInVain(consentPage: Page, name: string): Promise<string> {
    const before = this.spotify.requests.count('consent');
    await sayYes(consentPage, name);
    for (;;) {
      const { location } = this.spotify.requests.to('consent')[before] ?? {};
      if (location) return location;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Has a person agree on another device, and returns the address that its browser ends on. */
  async agreeElsewhere(link: string, user = 'alva'): Promise<string> {
    const { behaviour, accountsUrl } = this.spotify;
    behaviour.consent = { agreeAs: user };
    const played = link.replace('https://accounts.spotify.com', accountsUrl);
    const { headers } = await fetch(played, { redirect: 'manual' });
    behaviour.consent = 'ask';
    return headers.get('location') ?? '';
  }

  /** Opens another window of the same person. */
  async openWindow(): Promise<WorkbenchPage> {
    return openWorkbench(this.context, this.workbench.page.url());
  }

  /** Everything that this editor and its extensions have logged so far. */
  async logs(): Promise<string> {
    return this.#logFiles.text();
  }

  /** What is to be seen in the windows and tabs that are open, and the end of our log. */
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

  /** Closes all windows and leaves nothing for whoever comes next. */
  async close(): Promise<void> {
    Fixture.#open.delete(this);
    await this.#opened.disposeAsync();
  }
}

/** What asks for attention in a window, or all of another page. */
async function textOf(page: Page): Promise<string> {
  const asking = page.locator(
    '.monaco-dialog-box:visible, .quick-input-widget:visible, .notification-list-item:visible',
  );
  const isEditor = (await page.locator('.monaco-workbench').count()) > 0;
  const texts = await (isEditor ? asking : page.locator('body')).allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ')).join(' ‖ ');
}

/** Answers the consent page with yes, and waits for the page of ours that follows. */
export async function agreeAs(consentPage: Page, name: string): Promise<void> {
  await sayYes(consentPage, name);
  await consentPage.waitForURL('**/done');
}

/** Answers the consent page with yes. */
export async function sayYes(consentPage: Page, name: string): Promise<void> {
  await consentPage.getByLabel(name).check();
  await consentPage.getByRole('button', { name: 'Agree' }).click();
}
