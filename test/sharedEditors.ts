import type { Browser } from 'playwright-core';
import { FOREIGN_LOOPBACK, type Spotify, startSpotify } from './spotify/index.ts';
import { findOrInstallChromium, launchBrowser } from './vscode/browser.ts';
import { type CodeServer, startCodeServer } from './vscode/codeServer.ts';
import { playRealHosts } from './vscode/realHosts.ts';
import { type RealNames, realNamesEnvironment } from './vscode/realNames.ts';
import { installServerBuild, type ServerBuild, type ServerVersion } from './vscode/serverBuild.ts';

/** What makes two editors different ones: everything else can be changed while they run. */
export interface EditorKind {
  readonly version: ServerVersion;
  /** `.vsix` files and unpacked folders. */
  readonly extensions: readonly string[];
  /** Whether its extensions reach the stand-in as `https://api.spotify.com`, too. */
  readonly realNames: boolean;
  /**
   * Has a browser of its own show the editor as a page of this host, to which the stand-in is Spotify
   * by its real names: extensions in the browser itself have no environment that could tell others.
   */
  readonly pageHost?: string | undefined;
}

/** A server with its stand-in for Spotify, and the browser of all of them. */
export interface SharedEditor {
  readonly spotify: Spotify;
  readonly server: CodeServer;
  readonly build: ServerBuild;
  readonly browser: Browser;
  /** Where the browser finds the workbench. */
  readonly url: string;
}

interface Running extends Omit<SharedEditor, 'browser'> {
  readonly kind: string;
  /** Undefined for the one of all. */
  readonly ownBrowser: Browser | undefined;
  borrowed: boolean;
  stop(): Promise<void>;
}

const running = new Set<Running>();
let browser: Browser | undefined;

const report = (line: string): void => console.log(line);

/**
 * An editor of this kind that nobody else has at the moment: one that was given back, or a new one.
 * Whoever borrows it resets it first and gives it back without open windows.
 */
export async function borrowEditor(
  kind: EditorKind,
): Promise<SharedEditor & { readonly giveBack: () => Promise<void> }> {
  const { version, extensions, realNames, pageHost } = kind;
  const name = JSON.stringify([version, extensions, realNames, pageHost]);
  const idle = [...running].find((one) => one.kind === name && !one.borrowed);
  if (idle) idle.borrowed = true;
  if (!pageHost && !browser?.isConnected()) browser = await newBrowser();
  const editor = idle ?? (await start(kind, name));
  const shown = editor.ownBrowser ?? browser;
  if (!shown) throw new Error('There is no browser.');
  const { spotify, server, build, url } = editor;
  return { spotify, server, build, url, browser: shown, giveBack: () => giveBack(editor) };
}

/** Under which names a stand-in can be asked, where that is wanted. */
export function realNamesOf(spotify: Spotify): RealNames {
  return { 'https://api.spotify.com': spotify.apiUrl };
}

/** Ends all of them and the browser, given back or not. */
export async function closeSharedEditors(): Promise<void> {
  await Promise.all([...running].map((editor) => editor.stop()));
  await browser?.close();
  browser = undefined;
}

async function newBrowser(args: readonly string[] = []): Promise<Browser> {
  const executable = await findOrInstallChromium(report);
  return launchBrowser({ executable, headless: true, args });
}

async function start(kind: EditorKind, name: string): Promise<Running> {
  await using started = new AsyncDisposableStack();
  const build = await installServerBuild(kind.version, report);
  const spotify = await startSpotify({ host: FOREIGN_LOOPBACK });
  started.defer(() => spotify.close());
  const env = kind.pageHost ? {} : environmentOf(kind, spotify);
  const server = await startCodeServer({ build, extensions: kind.extensions, env });
  started.defer(() => server.stop());
  const shown = kind.pageHost ? await showAs(kind.pageHost, server, spotify, started) : undefined;
  const end = started.move();
  const editor: Running = {
    ...{ kind: name, spotify, server, build, borrowed: true },
    ...{ ownBrowser: shown?.browser, url: shown?.url ?? server.url },
    stop: async () => {
      running.delete(editor);
      await end.disposeAsync();
    },
  };
  running.add(editor);
  return editor;
}

function environmentOf({ realNames }: EditorKind, spotify: Spotify): NodeJS.ProcessEnv {
  return {
    SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl,
    SPOTIFY_SDK_API_URL: spotify.apiUrl,
    ...(realNames && realNamesEnvironment(realNamesOf(spotify))),
  };
}

/** Plays the page's host and Spotify's to a browser of its own. */
async function showAs(
  pageHost: string,
  server: CodeServer,
  spotify: Spotify,
  started: AsyncDisposableStack,
): Promise<{ browser: Browser; url: string }> {
  const url = new URL(server.url);
  const hosts = await playRealHosts({
    'vscode.dev': url.origin,
    [pageHost]: url.origin,
    'accounts.spotify.com': spotify.accountsUrl,
    'api.spotify.com': spotify.apiUrl,
  });
  started.defer(() => hosts.close());
  const browser = await newBrowser(hosts.browserArgs);
  started.defer(() => browser.close());
  return { browser, url: server.url.replace(url.origin, `https://${pageHost}`) };
}

/** One whose windows do not end is of no use for the next test, and no reason for this one to fail. */
async function giveBack(editor: Running): Promise<void> {
  try {
    await editor.server.untilWindowsEnded();
    editor.borrowed = false;
  } catch {
    await editor.stop();
  }
}
