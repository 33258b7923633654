import { freePort } from '../vscode/serverProcess.ts';
import { readLine, startProgram } from './program.ts';
import { mouseClick, type Tab, type TabBrowser } from './tab.ts';
import { WebDriverSession } from './webDriverSession.ts';

const SCREEN = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp'];

/** Starts WebKitGTK’s MiniBrowser on a display of its own. It accepts every certificate. */
export async function launchWebKit(): Promise<TabBrowser> {
  const display = startProgram('Xvfb', ['-displayfd', '1', ...SCREEN]);
  const number = await readLine(display.stdout, /^(\d+)$/);
  const port = await freePort();
  const server = startProgram('WebKitWebDriver', [`--port=${port}`], { DISPLAY: `:${number}` });
  const close = async () => {
    await server.stop();
    await display.stop();
  };
  try {
    const session = await WebDriverSession.open(`http://127.0.0.1:${port}`);
    return {
      async newTab() {
        // A new tab of MiniBrowser is hidden, and no click reaches it.
        const { handle } = (await session.send('POST', 'window/new', { type: 'window' })) as {
          handle: string;
        };
        return new WebKitTab(session, handle);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

class WebKitTab implements Tab {
  readonly #session: WebDriverSession;
  readonly #handle: string;

  constructor(session: WebDriverSession, handle: string) {
    this.#session = session;
    this.#handle = handle;
  }

  async open(url: string): Promise<void> {
    await this.#send('POST', 'url', { url });
  }

  async click(selector: string): Promise<void> {
    const using = 'css selector';
    const origin = await this.#send('POST', 'element', { using, value: selector });
    await this.#send('POST', 'actions', { actions: [mouseClick(origin)] });
  }

  async back(): Promise<void> {
    await this.#send('POST', 'back', {});
  }

  async address(): Promise<string> {
    return String(await this.#send('GET', 'url'));
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#send('POST', 'execute/sync', { script: `return ${expression}`, args: [] });
  }

  async #send(method: 'GET' | 'POST', command: string, body?: object): Promise<unknown> {
    return this.#session.send(method, command, body, this.#handle);
  }
}
