import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { findOnPath, isExecutable } from './executables.ts';

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];

/**
 * The executable of a Chromium, Chrome or Edge: the one in `CHROMIUM_EXECUTABLE`, else one that is
 * there, else a fresh Debian package (as root, where apt-get is) or Playwright's own download.
 *
 * @param report receives a line for people before anything is installed
 * @throws Error when none is there and none can be installed
 */
export async function findOrInstallChromium(report: (line: string) => void): Promise<string> {
  const there = process.env['CHROMIUM_EXECUTABLE'] ?? findChromium();
  if (there) return there;

  const run = promisify(execFile);
  if (findOnPath('apt-get') && process.getuid?.() === 0) {
    report('Installing the Debian package "chromium", once');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', 'chromium'], { env });
  } else {
    report("Installing Playwright's Chromium, once");
    const home = path.dirname(fileURLToPath(import.meta.resolve('playwright-core/package.json')));
    await run(process.execPath, [path.join(home, 'cli.js'), 'install', '--no-shell', 'chromium']);
  }
  const installed = findChromium();
  if (!installed) throw new Error('No Chromium here: set CHROMIUM_EXECUTABLE to one.');
  return installed;
}

function findChromium(): string | undefined {
  const places = [...usualPlaces(), chromium.executablePath()];
  return findOnPath(...namesOnPath) ?? places.find(isExecutable);
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const { ProgramFiles, LOCALAPPDATA, ...others } = process.env;
  return [ProgramFiles, others['ProgramFiles(x86)'], LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google/Chrome/Application/chrome.exe'),
      path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
}

/** A browser that asks nothing, updates nothing and ends with this process. */
export async function launchBrowser(options: {
  readonly executable: string;
  readonly headless: boolean;
  /** Others than the usual ones. */
  readonly args?: readonly string[];
}): Promise<Browser> {
  return chromium.launch({
    executablePath: options.executable,
    headless: options.headless,
    args: [
      // Playwright adds the usual rest, `--no-sandbox` included.
      ...['--disable-gpu', '--disable-quic'],
      // Else the first stack trace has V8 parse all 19 MB of the workbench again, for 2 s of CPU.
      '--js-flags=--no-enable-lazy-source-positions',
      ...(options.args ?? []),
    ],
  });
}

/**
 * A browser profile in memory that holds several windows of the editor and the tabs they open.
 * The clipboard works without a question; nothing moves, so that pictures show it finished.
 */
export async function newBrowserContext(
  browser: Browser,
  options?: BrowserContextOptions,
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
}

/** Leaves every page as a person does, and forgets the profile. */
export async function closeBrowserContext(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map(leavePage));
  await context.close();
}

/**
 * Closes a page as a person does. A workbench that is closed without being left has its extension
 * host run on: the server waits three hours for its return.
 */
export async function leavePage(page: Page): Promise<void> {
  await page.goto('about:blank').catch(() => undefined);
  await page.close();
}
