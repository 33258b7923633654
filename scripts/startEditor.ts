import process from 'node:process';
import { addDemo, DEMO_CLIENT_ID, FOREIGN_LOOPBACK, startSpotify } from '../test/spotify/index.ts';
import { findOrInstallChromium, launchBrowser, newBrowserContext } from '../test/vscode/browser.ts';
import { startCodeServer } from '../test/vscode/codeServer.ts';
import { findDesktopEditor, startDesktopEditor } from '../test/vscode/desktop.ts';
import { userEnvironment } from '../test/vscode/environment.ts';
import { installServerBuild, NEWEST_EDITOR } from '../test/vscode/serverBuild.ts';
import { openWorkbench } from '../test/vscode/workbenchPage.ts';

const report = (line: string): void => console.log(line);

/** The extensions, user settings and environment variables of an editor. */
interface Start {
  readonly extensions: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Opens an editor, ready for a sign-in, until the user closes it.
 * @param live uses the real Spotify instead of the stand-in
 */
export async function startEditor(
  extensions: readonly string[],
  { live }: { live: boolean },
): Promise<void> {
  const start = {
    extensions,
    ...(live ? { settings: {}, env: userEnvironment() } : await startStandIn()),
  };
  report('When the editor is open, press F1 and run “Show My Spotify Profile”.');
  const desktop = findDesktopEditor();
  if (desktop) await openDesktop(desktop, start);
  else await openServerBuild(start);
  process.exit();
}

async function startStandIn(): Promise<Omit<Start, 'extensions'>> {
  const spotify = await startSpotify({ host: FOREIGN_LOOPBACK });
  addDemo(spotify);
  report(`A local stand-in for Spotify is running at ${spotify.accountsUrl}.`);
  return {
    settings: { 'spotify-authentication.clientId': DEMO_CLIENT_ID },
    env: { SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl, SPOTIFY_SDK_API_URL: spotify.apiUrl },
  };
}

async function openDesktop(executable: string, start: Start): Promise<void> {
  report(`Opening the desktop editor ${executable}…`);
  const editor = await startDesktopEditor({ executable, ...start });
  await editor.closed;
}

async function openServerBuild(start: Start): Promise<void> {
  report('Found no desktop editor, so VS Code opens in a browser.');
  report('For a desktop editor, set VSCODE_EXECUTABLE to its path.');
  const build = await installServerBuild(NEWEST_EDITOR, report);
  const executable = await findOrInstallChromium(report);
  const server = await startCodeServer({ build, ...start });
  const browser = await launchBrowser({ executable, headless: false });
  const { page } = await openWorkbench(
    await newBrowserContext(browser, { viewport: null }),
    server.url,
  );
  await page.waitForEvent('close', { timeout: 0 });
  await browser.close();
  await server.stop();
}
