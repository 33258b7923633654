import { execFileSync } from 'node:child_process';
import { access, chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What decides which browser is opened, and whether the user sees it. */
const VARIABLES = [
  ...['BROWSER', 'PATH', 'SSH_CONNECTION', 'SSH_TTY', 'DISPLAY', 'WAYLAND_DISPLAY'],
  ...['WSL_DISTRO_NAME', 'XDG_CURRENT_DESKTOP', 'DESKTOP_SESSION', 'KDE_FULL_SESSION'],
  ...['GNOME_DESKTOP_SESSION_ID', 'MATE_DESKTOP_SESSION_ID'],
];

/** Commands that the system's opener needs, beside a browser. */
const TOOLS = ['cut', 'grep', 'sed', 'tr', 'uname'];

/** A folder of scripts that take the place of browsers, and an environment without any other. */
export class FakeBrowsers {
  readonly bin: string;
  /** The URL that a browser was opened with. */
  readonly opened: string;
  readonly #environment = { ...process.env };

  private constructor(bin: string) {
    this.bin = bin;
    this.opened = path.join(bin, 'opened');
  }

  /** Empties the environment of everything that could lead to a browser. */
  static async create(): Promise<FakeBrowsers> {
    const bin = await mkdtemp(path.join(tmpdir(), 'browsers-'));
    for (const tool of TOOLS) {
      const file = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' });
      await symlink(file.trim(), path.join(bin, tool));
    }
    const browsers = new FakeBrowsers(bin);
    for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
    process.env['PATH'] = bin;
    // Set, it says that the user sees a browser.
    process.env['DISPLAY'] = ':none';
    return browsers;
  }

  /** Writes a script that notes its last argument in `opened`. Returns its path. */
  async install(name: string): Promise<string> {
    const { opened } = this;
    const note = `for last; do :; done; printf %s "$last" > "${opened}.part"`;
    return this.script(name, `${note} && /bin/mv "${opened}.part" "${opened}"`);
  }

  /** Writes a script of `/bin/sh`. Returns its path. */
  async script(name: string, commands: string): Promise<string> {
    const file = path.join(this.bin, name);
    await writeFile(file, `#!/bin/sh\n${commands}\n`);
    await chmod(file, 0o755);
    return file;
  }

  /** Resolves with the URL once a browser was opened, and forgets it. */
  async url(): Promise<string> {
    for (;;) {
      const text = await readFile(this.opened, 'utf8').catch(() => undefined);
      if (!text) continue;
      await rm(this.opened);
      return text;
    }
  }

  isOpened(): Promise<boolean> {
    return access(this.opened).then(
      () => true,
      () => false,
    );
  }

  /** Brings the environment back. */
  async remove(): Promise<void> {
    for (const name of VARIABLES) {
      const value = this.#environment[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(this.bin, { recursive: true });
  }
}
