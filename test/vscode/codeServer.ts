import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEditorHome, resetUserData, type Settings } from './editorHome.ts';
import { LogFiles } from './logFiles.ts';
import { serverCommandLine, type ServerBuild } from './serverBuild.ts';
import { freePort, startServer } from './serverProcess.ts';

export interface CodeServerOptions {
  readonly build: ServerBuild;
  /** `.vsix` files or unpacked folders. */
  readonly extensions: readonly string[];
  /** User settings, in addition to the quiet defaults of `editorHome.ts`. */
  readonly settings?: Settings;
  /** Environment variables of the extension hosts. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder to open; an empty one by default. */
  readonly folder?: string;
  /** Whether the window starts in Restricted Mode. By default every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Origins that `env.openExternal` opens without a prompt, such as `https://*.example.com`. */
  readonly trustedDomains?: readonly string[];
}

/** A running server, whose editor a browser can open. */
export interface CodeServer {
  /** The URL of the workbench. Every page with this URL is a window of its own. */
  readonly url: string;
  /** The folder of the installed extensions. */
  readonly extensionsDir: string;
  /** The folder of the log files of the editor and the extensions. */
  readonly logsDir: string;
  /** The output of the server. The file stays after the server has ended. */
  readonly logFile: string;
  /**
   * Waits until the extension hosts of all windows that were left (see `leavePage`) have ended.
   *
   * @throws Error after 10 seconds, for example if a tab was closed without being left
   */
  untilWindowsEnded(): Promise<void>;
  /** Deletes the user data, and writes other user settings. No window may be open. */
  reset(settings: Settings): Promise<void>;
  /** Ends the server with its extension hosts, and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts code-server with data of its own and waits until it answers.
 *
 * @throws Error if an extension cannot be installed or the server does not start
 */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const { build, extensions, settings = {}, env, trustedDomains = [] } = options;
  const home = await createEditorHome(extensions, settings, serverCommandLine(build));
  try {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const server = await startServer({
      name: `code-server-${build.version}-${port}`,
      node: build.node,
      args: [
        build.codeServer,
        ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
        ...['--config', path.join(home.path, 'config.yaml')],
        ...['--user-data-dir', home.userDataDir, '--extensions-dir', home.extensionsDir],
        ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
        ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
        ...trustedDomains.flatMap((domain) => ['--link-protection-trusted-domains', domain]),
      ],
      env,
      readyUrl: `${origin}/healthz`,
    });
    const logsDir = path.join(home.userDataDir, 'logs');
    const { pathname } = pathToFileURL(options.folder ?? home.workspace);
    return {
      url: `${origin}/?folder=${pathname}`,
      extensionsDir: home.extensionsDir,
      logsDir,
      logFile: server.logFile,
      untilWindowsEnded: () => untilWindowsEnded(logsDir),
      reset: (settings) => resetUserData(home, settings),
      stop: () => server.stop().then(home.remove),
    };
  } catch (error) {
    await home.remove();
    throw error;
  }
}

/** The server writes a line for each extension host that it starts, and one for each that ends. */
async function untilWindowsEnded(logsDir: string): Promise<void> {
  const deadline = AbortSignal.timeout(10_000);
  for (;;) {
    const text = await new LogFiles(logsDir).text();
    const count = (what: string) => text.split(`Extension Host Process${what}`).length;
    if (count('.') === count(' exited')) return;
    deadline.throwIfAborted();
    await sleep(50);
  }
}
