import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newBrowserContext } from './browser.ts';
import { createEditorHome, type EditorHome } from './editorHome.ts';
import { serverCommandLine, type ServerBuild } from './serverBuild.ts';
import { freePort, startServer, type ServerProcess } from './serverProcess.ts';

export interface ExtensionHostOptions {
  readonly build: ServerBuild;
  readonly browser: Browser;
  /** The folder of the extension under test. */
  readonly extensionDevelopmentPath: string;
  /** A CommonJS file that exports `run(): Promise<void>`; a rejection is a failure. */
  readonly extensionTestsPath: string;
  /** Other extensions, `.vsix` files or unpacked folders. */
  readonly extensions?: readonly string[];
  /** Environment variables of the tests. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder to open; an empty one by default. */
  readonly folder?: string;
  /** Origins that `env.openExternal` opens without a prompt. In tests a prompt throws. */
  readonly trustedDomains?: readonly string[];
  /** Is called with each tab that the editor opens, in the editor’s browser context. */
  readonly onPage?: (page: Page) => void;
  /** How long the tests may print nothing, in milliseconds; two minutes by default. */
  readonly idleLimitMs?: number;
}

/**
 * Runs tests inside the extension host of a real VS Code, and prints their output. During tests the
 * editor shows no toasts, confirms dialogs by itself, and refuses other modal dialogs.
 *
 * @returns 0 when `run` resolved, otherwise not 0
 * @throws Error if the editor does not start or the tests print nothing for too long
 */
export async function runInExtensionHost(options: ExtensionHostOptions): Promise<{ code: number }> {
  const { build, extensions = [] } = options;
  const home = await createEditorHome(extensions, {}, serverCommandLine(build));
  let server: ServerProcess | undefined;
  let context: BrowserContext | undefined;
  try {
    const outputMark = randomUUID();
    const port = await freePort();
    server = await startTestServer(options, home, port, outputMark);
    context = await newBrowserContext(options.browser);
    const page = await context.newPage();
    if (options.onPage) context.on('page', options.onPage);

    const url = workbenchUrl(options, home, port);
    return { code: await followTests(page, url, outputMark, options.idleLimitMs ?? 120_000) };
  } finally {
    await context?.close();
    await server?.stop();
    await home.remove();
  }
}

const testsInside = path.join(import.meta.dirname, 'testsInside.cjs');

function startTestServer(
  options: ExtensionHostOptions,
  home: EditorHome,
  port: number,
  outputMark: string,
): Promise<ServerProcess> {
  const { build, trustedDomains = [] } = options;
  return startServer({
    name: `extension-host-${build.version}-${port}`,
    node: build.node,
    args: [
      build.vscodeServer,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--server-data-dir', home.path, '--extensions-dir', home.extensionsDir],
      ...['--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust'],
      '--enable-smoke-test-driver',
      ...trustedDomains.flatMap((domain) => ['--link-protection-trusted-domains', domain]),
    ],
    env: {
      ...options.env,
      TESTS_PATH: path.resolve(options.extensionTestsPath),
      TESTS_MARK: outputMark,
    },
    readyUrl: `http://127.0.0.1:${port}/version`,
  });
}

function workbenchUrl(options: ExtensionHostOptions, home: EditorHome, port: number): string {
  const host = `127.0.0.1:${port}`;
  const remote = (file: string) => `vscode-remote://${host}${pathToFileURL(file).pathname}`;
  const payload = [
    ['extensionDevelopmentPath', remote(options.extensionDevelopmentPath)],
    ['extensionTestsPath', remote(testsInside)],
    ['skipWelcome', 'true'],
  ];
  const folder = pathToFileURL(options.folder ?? home.workspace).pathname;
  return `http://${host}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Loads the workbench, prints the output of its tests, and resolves with their exit code. */
async function followTests(
  page: Page,
  url: string,
  outputMark: string,
  idleLimitMs: number,
): Promise<number> {
  const tests = new EventEmitter();
  const exit = once(tests, 'exit') as Promise<[code: number]>;
  const idle = setTimeout(() => {
    tests.emit('error', new Error(`The tests inside printed nothing for ${idleLimitMs} ms.`));
  }, idleLimitMs);
  try {
    await page.exposeFunction('codeAutomationLog', (_level: string, [mark, line]: unknown[]) => {
      if (mark !== outputMark) return;
      idle.refresh();
      console.log(line);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => tests.emit('exit', code));
    const [[code]] = await Promise.all([exit, page.goto(url)]);
    return code;
  } finally {
    clearTimeout(idle);
  }
}
