import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from './executables.ts';

/** Whether this user can install Debian’s packages: root can, where there is apt-get. */
export function canInstallPackages(): boolean {
  return findOnPath('apt-get') !== undefined && process.getuid?.() === 0;
}

const run = promisify(execFile);
/** The update of the lists of packages, which is done once. */
let updated: Promise<unknown> | undefined;

/**
 * Installs Debian’s packages without those that they only recommend, such as a printer’s settings.
 * Waits while another process installs some.
 *
 * @throws Error if the installation fails
 */
export async function installPackages(names: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env });
  await (updated ??= apt('update'));
  await apt('install', '-y', '--no-install-recommends', ...names);
}
