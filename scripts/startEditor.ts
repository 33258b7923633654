import process from 'node:process';
import { addDemo, DEMO_CLIENT_ID, FOREIGN_LOOPBACK, startSpotify } from '../test/spotify/index.ts';
import { findOrInstallChromium, launchBrowser, newBrowserContext } from '../test/vscode/browser.ts';
import { startCodeServer } from '../test/vscode/codeServer.ts';
import { findDesktopEditor, startDesktopEditor } from '../test/vscode/desktop.ts';
import { userEnvironment } from '../test/vscode/environment.ts';
import { installServerBuild, NEWEST_EDITOR } from '../test/vscode/serverBuild.ts';
import { openWorkbench } from '../test/vscode/workbenchPage.ts';

const report = (line: string): void => console.log(line);

/** What an editor is started with. */
interface Start {
  readonly extensions: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
}

/** Opens an editor for a person, with everything ready to sign in to, until they close it. */
export async function startEditor(
  extensions: readonly string[],
  { live }: { live: boolean },
): Promise<void> {
  const start = {
    extensions,
    ...(live ? { settings: {}, env: userEnvironment() } : await startStandIn()),
  };
  report('In the editor, press F1 and run "Show My Spotify Profile".');
  const desktop = findDesktopEditor();
  if (desktop) await openDesktop(desktop, start);
  else await openServerBuild(start);
  process.exit();
}

async function startStandIn(): Promise<Omit<Start, 'extensions'>> {
  const spotify = await startSpotify({ host: FOREIGN_LOOPBACK });
  addDemo(spotify);
  report(`A stand-in for Spotify answers at ${spotify.accountsUrl}.`);
  return {
    settings: { 'spotify-authentication.clientId': DEMO_CLIENT_ID },
    env: { SPOTIFY_SDK_ACCOUNTS_URL: spotify.accountsUrl, SPOTIFY_SDK_API_URL: spotify.apiUrl },
  };
}

async function openDesktop(executable: string, start: Start): Promise<void> {
  report(`Opening ${executable}`);
  const editor = await startDesktopEditor({ executable, ...start });
  await editor.closed;
}

async function openServerBuild(start: Start): Promise<void> {
  report('No desktop editor here (see VSCODE_EXECUTABLE): VS Code in a browser it is.');
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
