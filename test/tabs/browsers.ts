import { findOrInstallChromium } from '../vscode/browser.ts';
import { canInstallPackages, installPackages } from '../vscode/debianPackages.ts';
import { findOnPath } from '../vscode/executables.ts';
import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import type { TabBrowser } from './tab.ts';
import { launchWebKit } from './webKit.ts';

/** A browser in which the tests follow a tab. */
interface BrowserKind {
  readonly name: string;
  /** Debian’s packages with the programs. Chromium may come in other ways, too. */
  readonly packages: readonly string[];
  readonly programs: readonly string[];
  launch(): Promise<TabBrowser>;
}

export const BROWSERS: readonly BrowserKind[] = [
  {
    name: 'Chromium',
    packages: [],
    programs: [],
    launch: async () => launchChromium(await findOrInstallChromium(console.log)),
  },
  {
    name: 'Firefox ESR in HTTPS-only mode',
    packages: ['firefox-esr'],
    programs: ['firefox-esr'],
    launch: launchFirefox,
  },
  {
    name: 'WebKitGTK',
    packages: ['webkit2gtk-driver', 'xvfb'],
    programs: ['WebKitWebDriver', 'Xvfb'],
    launch: launchWebKit,
  },
];

/** Returns why a browser cannot be started; undefined if it can. */
export function missing({ packages, programs }: BrowserKind): string | undefined {
  if (programs.every((program) => findOnPath(program))) return undefined;
  return `not installed: Debian’s ${packages.join(' and ')}`;
}

/**
 * Installs the browsers that are missing, where this user can install Debian’s packages. Elsewhere only
 * Chromium is downloaded.
 */
export async function installBrowsers(report: (line: string) => void): Promise<void> {
  await findOrInstallChromium(report);
  const packages = BROWSERS.filter(missing).flatMap((browser) => browser.packages);
  if (packages.length === 0 || !canInstallPackages()) return;
  report(`Installing ${packages.join(', ')} (only the first time)…`);
  // If that fails, the tests in these browsers are skipped.
  await installPackages(packages).catch((error: unknown) => {
    report(String(error));
  });
}
