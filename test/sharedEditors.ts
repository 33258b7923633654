import type { Browser } from 'playwright-core';
import { FOREIGN_LOOPBACK, type Spotify, startSpotify } from './spotify/index.ts';
import { findOrInstallChromium, launchBrowser } from './vscode/browser.ts';
import { type CodeServer, startCodeServer } from './vscode/codeServer.ts';
import { type RealNames, realNamesEnvironment } from './vscode/realNames.ts';
import { installServerBuild, type ServerBuild, type ServerVersion } from './vscode/serverBuild.ts';

/** What makes two editors different ones: everything else can be changed while they run. */
export interface EditorKind {
  readonly version: ServerVersion;
  /** `.vsix` files and unpacked folders. */
  readonly extensions: readonly string[];
  /** Whether its extensions reach the stand-in as `https://api.spotify.com`, too. */
  readonly realNames: boolean;
}

/** A server with its stand-in for Spotify, and the browser of all of them. */
export interface SharedEditor {
  readonly spotify: Spotify;
  readonly server: CodeServer;
  readonly build: ServerBuild;
  readonly browser: Browser;
}

interface Running extends Omit<SharedEditor, 'browser'> {
  readonly kind: string;
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
  const name = JSON.stringify([kind.version, kind.extensions, kind.realNames]);
  const idle = [...running].find((one) => one.kind === name && !one.borrowed);
  if (idle) idle.borrowed = true;
  const executable = await findOrInstallChromium(report);
  if (!browser?.isConnected()) browser = await launchBrowser({ executable, headless: true });
  const editor = idle ?? (await start(kind, name));
  const { spotify, server, build } = editor;
  return { spotify, server, build, browser, giveBack: () => giveBack(editor) };
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

async function start(kind: EditorKind, name: string): Promise<Running> {
  const build = await installServerBuild(kind.version, report);
  const spotify = await startSpotify({ host: FOREIGN_LOOPBACK });
  try {
    const env = {
      SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl,
      SPOTIFY_SDK_API_URL: spotify.apiUrl,
      ...(kind.realNames && realNamesEnvironment(realNamesOf(spotify))),
    };
    const server = await startCodeServer({ build, extensions: kind.extensions, env });
    const editor: Running = {
      ...{ kind: name, spotify, server, build, borrowed: true },
      stop: async () => {
        running.delete(editor);
        await server.stop();
        await spotify.close();
      },
    };
    running.add(editor);
    return editor;
  } catch (error) {
    await spotify.close();
    throw error;
  }
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
