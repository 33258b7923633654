import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { example, vsix } from '../scripts/paths.ts';
import {
  addDemo,
  DEMO_CLIENT_ID,
  FOREIGN_LOOPBACK,
  type Spotify,
  startSpotify,
} from './spotify/index.ts';
import { findOrInstallChromium, launchBrowser, newBrowserContext } from './vscode/browser.ts';
import { type CodeServer, startCodeServer } from './vscode/codeServer.ts';
import { installServerBuild, NEWEST_EDITOR, type ServerVersion } from './vscode/serverBuild.ts';
import { openWorkbench, type WorkbenchPage } from './vscode/workbenchPage.ts';

/** The example's command, as the palette shows it. */
export const SHOW_PROFILE = 'Show My Spotify Profile';

/** How the editor is to be. */
export interface EditorOptions {
  readonly version?: ServerVersion;
  /** `spotify-authentication.clientId`; the demo app's unless told. */
  readonly clientId?: string;
  /** `.vsix` files and unpacked folders; our package and the example unless told. */
  readonly extensions?: readonly string[];
}

/** An editor as a person has it, with our .vsix and the example, and a stand-in for Spotify. */
export class Fixture {
  readonly spotify: Spotify;
  readonly workbench: WorkbenchPage;
  readonly context: BrowserContext;
  readonly #server: CodeServer;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    spotify: Spotify,
    server: CodeServer,
    workbench: WorkbenchPage,
    opened: AsyncDisposableStack,
  ) {
    this.spotify = spotify;
    this.workbench = workbench;
    this.context = workbench.page.context();
    this.#server = server;
    this.#opened = opened;
  }

  /** What is open already is closed again when something else cannot be opened. */
  static async open(options: EditorOptions = {}): Promise<Fixture> {
    const { version = NEWEST_EDITOR, clientId = DEMO_CLIENT_ID } = options;
    const { extensions = [vsix, example] } = options;
    const report = (line: string) => console.log(line);
    const executable = await findOrInstallChromium(report);
    const build = await installServerBuild(version, report);
    await using opened = new AsyncDisposableStack();
    const spotify = await startSpotify({ host: FOREIGN_LOOPBACK });
    opened.defer(() => spotify.close());
    addDemo(spotify);
    const server = await startCodeServer({
      build,
      extensions,
      settings: { 'spotify-authentication.clientId': clientId },
      env: {
        SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl,
        SPOTIFY_SDK_API_URL: spotify.apiUrl,
      },
    });
    opened.defer(() => server.stop());
    const browser = await launchBrowser({ executable, headless: true });
    opened.defer(() => browser.close());
    const workbench = await openWorkbench(await newBrowserContext(browser), server.url);
    return new Fixture(spotify, server, workbench, opened.move());
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

  /** Everything that the editor and its extensions have logged so far. */
  async logs(): Promise<string> {
    const folder = path.join(this.#server.userDataDir, 'logs');
    const files = await readdir(folder, { recursive: true });
    const texts = files
      .filter((file) => file.endsWith('.log'))
      .map((file) => readFile(path.join(folder, file), 'utf8'));
    return (await Promise.all(texts)).join('\n');
  }

  async close(): Promise<void> {
    await this.#opened.disposeAsync();
  }
}

/** Answers the consent page with yes, and waits for the page of ours that follows. */
export async function agreeAs(consentPage: Page, name: string): Promise<void> {
  await consentPage.getByLabel(name).check();
  await consentPage.getByRole('button', { name: 'Agree' }).click();
  await consentPage.waitForURL('**/done');
}
