import type { Browser } from 'playwright-core';
import { FOREIGN_LOOPBACK, type Spotify, startSpotify } from './spotify/index.ts';
import { findOrInstallChromium, launchBrowser } from './vscode/browser.ts';
import { type CodeServer, startCodeServer } from './vscode/codeServer.ts';
import { playRealHosts, type RealHosts, TRUSTING_REAL_HOSTS } from './vscode/realHosts.ts';
import { ExtensionHostEnvironment, realNamesEnvironment } from './vscode/realNames.ts';
import { installServerBuild, type ServerBuild, type ServerVersion } from './vscode/serverBuild.ts';

/** The properties of an editor that cannot be changed while it runs. */
export interface EditorKind {
  readonly version: ServerVersion;
  /** `.vsix` files and unpacked folders. */
  readonly extensions: readonly string[];
  /** Makes the browser show the editor as a page of this host. */
  readonly pageHost?: string | undefined;
}

/**
 * A server with its stand-in for Spotify, and the browser for it. The stand-in answers under Spotify’s
 * real host names.
 */
export interface SharedEditor {
  readonly spotify: Spotify;
  /** Sets the environment variables of the Node extension hosts that start from now on. */
  setEnvironment(variables: Readonly<Record<string, string>>): void;
  readonly server: CodeServer;
  readonly build: ServerBuild;
  readonly browser: Browser;
  /** The proxy for a browser context in which this stand-in answers as Spotify. */
  readonly proxy: RealHosts['proxy'];
  /** The URL of the workbench in such a context. */
  readonly url: string;
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
 * Returns an editor of this kind that no other test uses: one that was given back, or a new one. The
 * borrower resets it before use, and gives it back without open windows.
 */
export async function borrowEditor(
  kind: EditorKind,
): Promise<SharedEditor & { readonly giveBack: () => Promise<void> }> {
  const { version, extensions, pageHost } = kind;
  const name = JSON.stringify([version, extensions, pageHost]);
  const idle = [...running].find((one) => one.kind === name && !one.borrowed);
  if (idle) idle.borrowed = true;
  if (!browser?.isConnected()) browser = await newBrowser();
  const editor = idle ?? (await start(kind, name));
  editor.setEnvironment({});
  return { ...editor, browser, giveBack: () => giveBack(editor) };
}

/** Ends all editors, also those not given back, and the browser. */
export async function closeSharedEditors(): Promise<void> {
  await Promise.all([...running].map((editor) => editor.stop()));
  await browser?.close();
  browser = undefined;
}

async function newBrowser(): Promise<Browser> {
  const executable = await findOrInstallChromium(report);
  return launchBrowser({ executable, headless: true, args: [TRUSTING_REAL_HOSTS] });
}

async function start(kind: EditorKind, name: string): Promise<Running> {
  await using started = new AsyncDisposableStack();
  const build = await installServerBuild(kind.version, report);
  const spotify = await startSpotify({ host: FOREIGN_LOOPBACK });
  started.defer(() => spotify.close());
  const variables = new ExtensionHostEnvironment();
  started.defer(() => variables.remove());
  const spotifyHosts = {
    'accounts.spotify.com': spotify.accountsUrl,
    'api.spotify.com': spotify.apiUrl,
  };
  const env = { ...realNamesEnvironment(spotifyHosts), ...variables.env };
  const server = await startCodeServer({ build, extensions: kind.extensions, env });
  started.defer(() => server.stop());
  const { origin } = new URL(server.url);
  const { pageHost } = kind;
  const hosts = await playRealHosts({
    ...spotifyHosts,
    ...(pageHost && { 'vscode.dev': origin, [pageHost]: origin }),
  });
  started.defer(() => hosts.close());
  const end = started.move();
  const editor: Running = {
    kind: name,
    spotify,
    server,
    build,
    setEnvironment: (values) => variables.set(values),
    borrowed: true,
    proxy: hosts.proxy,
    url: pageHost ? server.url.replace(origin, `https://${pageHost}`) : server.url,
    stop: async () => {
      running.delete(editor);
      await end.disposeAsync();
    },
  };
  running.add(editor);
  return editor;
}

/** Makes an editor free for the next test. If its windows do not end, stops it instead of failing. */
async function giveBack(editor: Running): Promise<void> {
  try {
    await editor.server.untilWindowsEnded();
    editor.borrowed = false;
  } catch {
    await editor.stop();
  }
}
