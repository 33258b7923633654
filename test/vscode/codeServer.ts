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
  /** User settings, over ones that keep the editor quiet. */
  readonly settings?: Settings;
  /** Reaches the extension hosts. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder to open; an empty one by default. */
  readonly folder?: string;
  /** Whether the window starts in Restricted Mode; by default every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** Origins that `env.openExternal` opens without asking, `https://*.example.com` for instance. */
  readonly trustedDomains?: readonly string[];
}

/** The editor as a person has it, waiting for a browser. */
export interface CodeServer {
  /** The address of the workbench. Every page opened there is a window of its own. */
  readonly url: string;
  /** Where the extensions are. */
  readonly extensionsDir: string;
  /** Where the editor and the extensions write their log files. */
  readonly logsDir: string;
  /** What the server wrote, kept after it has ended. */
  readonly logFile: string;
  /**
   * Waits until every window that was left (see `closeBrowserContext`) has ended its extension host.
   *
   * @throws Error when one goes on for more than 10 seconds, as one whose tab was just closed does
   */
  untilWindowsEnded(): Promise<void>;
  /** Makes it as new, with other user settings. No window may be open. */
  reset(settings: Settings): Promise<void>;
  /** Ends the server with its extension hosts and forgets its data. */
  stop(): Promise<void>;
}

/**
 * Starts code-server with data of its own and waits until it answers.
 *
 * @throws Error when an extension cannot be installed or the server does not start
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
