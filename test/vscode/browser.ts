import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { canInstallPackages, installPackages } from './debianPackages.ts';
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
 * Returns the executable of a Chromium, Chrome or Edge: the one in `CHROMIUM_EXECUTABLE`, otherwise
 * an installed one. If there is none, installs the Debian package (as root, with apt-get) or
 * Playwright’s download.
 *
 * @param report is called with a progress line before something is installed
 * @throws Error if none is installed and the installation fails
 */
export async function findOrInstallChromium(report: (line: string) => void): Promise<string> {
  const existing = process.env['CHROMIUM_EXECUTABLE'] ?? findChromium();
  if (existing) return existing;

  if (canInstallPackages()) {
    report('Installing the browser Chromium (only the first time)…');
    await installPackages(['chromium', 'fonts-liberation']);
  } else {
    report('Downloading the browser Chromium with Playwright (only the first time)…');
    const run = promisify(execFile);
    const home = path.dirname(fileURLToPath(import.meta.resolve('playwright-core/package.json')));
    await run(process.execPath, [path.join(home, 'cli.js'), 'install', '--no-shell', 'chromium']);
  }
  const installed = findChromium();
  if (!installed)
    throw new Error('No Chromium was found or installed. Set CHROMIUM_EXECUTABLE to its path.');
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

/**
 * Features of Chromium that the tests do without. The first line loads two pages of the browser’s own
 * for each new window, which takes a tenth of a window’s time. The others are Playwright’s list, which
 * this one replaces.
 */
const DISABLED_FEATURES = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
];

/** The V8 flags that suit windows of the editor, which live for seconds. */
const V8_FLAGS = [
  // Otherwise V8 parses all 19 MB of the workbench again at the first stack trace, for 2 s.
  '--no-enable-lazy-source-positions',
  // Compiling for speed and collecting garbage take a tenth of a window’s time, and do not pay off.
  ...['--no-maglev', '--no-turbofan', '--min-semi-space-size=64'],
];

/** Starts a browser that shows no prompts, installs no updates, and ends with this process. */
export async function launchBrowser(options: {
  readonly executable: string;
  readonly headless: boolean;
  /** Arguments in addition to the usual ones. */
  readonly args?: readonly string[];
}): Promise<Browser> {
  return chromium.launch({
    executablePath: options.executable,
    headless: options.headless,
    args: [
      // Playwright adds its own, such as `--no-sandbox`.
      ...['--disable-gpu', '--disable-quic', `--disable-features=${DISABLED_FEATURES.join()}`],
      `--js-flags=${V8_FLAGS.join()}`,
      ...(options.args ?? []),
    ],
  });
}

/**
 * Creates a browser profile in memory, for windows of the editor and the tabs that they open.
 * The clipboard works without a prompt. Animations are off, so that screenshots show the end state.
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

/**
 * Leaves and closes every page, see {@link leavePage}, and deletes the profile. A page that does not close
 * within 30 s is left to the end of the browser: the test has passed by then.
 */
export async function closeBrowserContext(context: BrowserContext): Promise<void> {
  const closing = Promise.all(context.pages().map(leavePage)).then(() => context.close());
  await Promise.race([closing, setTimeout(30_000, undefined, { ref: false })]);
}

/**
 * Leaves a page, as a user does, and closes it. If Playwright closes a workbench that was not left,
 * its extension host runs on: the server waits three hours for the window to return.
 */
export async function leavePage(page: Page): Promise<void> {
  await page.goto('about:blank').catch(() => undefined);
  await page.close();
}
