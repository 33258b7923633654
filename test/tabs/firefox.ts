import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BidiSession } from './bidiSession.ts';
import { readLine, startProgram } from './program.ts';
import { mouseClick, type Tab, type TabBrowser } from './tab.ts';

/** A host name that is no loopback address for Firefox, and still leads to this machine. */
export const NAMED_HOST = 'named.test';

/** HTTPS-only mode, which a user can choose, and nothing from the network. */
const PREFERENCES = {
  'dom.security.https_only_mode': true,
  'network.dns.localDomains': NAMED_HOST,
  'app.update.enabled': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** Starts a Firefox ESR in HTTPS-only mode that accepts every certificate. */
export async function launchFirefox(): Promise<TabBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'firefox-'));
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(path.join(profile, 'user.js'), lines.join(''));
  const args = ['--headless', '--remote-debugging-port=0', '--profile', profile];
  const browser = startProgram('firefox-esr', args, { HOME: profile });
  const close = async () => {
    await browser.stop();
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const url = await readLine(browser.stderr, /WebDriver BiDi listening on (ws:\S+)/);
    const session = await BidiSession.open(url);
    return { newTab: () => newTab(session), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function newTab(session: BidiSession): Promise<Tab> {
  const { context } = (await session.send('browsingContext.create', { type: 'tab' })) as {
    context: string;
  };
  return new FirefoxTab(session, context);
}

class FirefoxTab implements Tab {
  readonly #session: BidiSession;
  readonly #context: string;

  constructor(session: BidiSession, context: string) {
    this.#session = session;
    this.#context = context;
  }

  async open(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { url, wait: 'none' });
  }

  async click(selector: string): Promise<void> {
    const locator = { type: 'css', value: selector };
    const { nodes } = (await this.#send('browsingContext.locateNodes', { locator })) as {
      nodes: { sharedId: string }[];
    };
    const [element] = nodes;
    if (!element) throw new Error(`No element matches ${selector}.`);
    const origin = { type: 'element', element: { sharedId: element.sharedId } };
    await this.#send('input.performActions', { actions: [mouseClick(origin)] });
  }

  async back(): Promise<void> {
    await this.#send('browsingContext.traverseHistory', { delta: -1 });
  }

  async address(): Promise<string> {
    const { contexts } = (await this.#session.send('browsingContext.getTree', {
      root: this.#context,
    })) as { contexts: { url: string }[] };
    return contexts[0]?.url ?? '';
  }

  async evaluate(expression: string): Promise<unknown> {
    const target = { context: this.#context };
    const { result } = (await this.#session.send('script.evaluate', {
      expression,
      target,
      awaitPromise: false,
    })) as { result?: { value?: unknown } };
    return result?.value;
  }

  #send(method: string, params: object): Promise<unknown> {
    return this.#session.send(method, { context: this.#context, ...params });
  }
}
